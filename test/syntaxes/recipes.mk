# SYNTAX TEST "source.makefile" "recipes of a Makefile"
ISTIOCTL_VERSION ?= 1.29.1
#                   ^^^^^^ constant.numeric.version.image-decider.meshfit
install: ## istioctl install
#           ^^^^^^^^^^^^^^^^ ! meta.command.istioctl
	@istioctl install --set hub=$(HUB) \
# ^^^^^^^^ entity.name.function.call.istioctl
#          ^^^^^^^ keyword.other.install.istioctl
#                        ^^^ entity.name.tag.image-decider.meshfit
#                            ^^^^^^ constant.language.image-decider.meshfit variable.other.normal.shell
	  --set tag=1.29.1
#  ^^^^^ constant.other.option.istioctl
#        ^^^ entity.name.tag.image-decider.meshfit
#            ^^^^^^ constant.language.image-decider.meshfit
	$(ISTIOCTL) upgrade -y
#^^^^^^^^^^^ entity.name.function.call.istioctl variable.other.normal.shell
#            ^^^^^^^ keyword.other.install.istioctl
	# istioctl install
#  ^^^^^^^^^^^^^^^^ comment.line.number-sign.shell ! meta.command.istioctl
next:
# <---- entity.name.function.target.makefile ! meta.command.istioctl
