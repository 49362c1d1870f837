# SYNTAX TEST "source.shell" "istioctl commands"
  istioctl install --set profile=demo -y
# ^^^^^^^^ entity.name.function.call.istioctl
#          ^^^^^^^ keyword.other.install.istioctl
#                  ^^^^^ constant.other.option.istioctl
#                        ^^^^^^^ entity.name.tag.image-decider.meshfit
#                                ^^^^ constant.language.image-decider.meshfit
#                                     ^^ constant.other.option.istioctl ! constant.language.image-decider.meshfit

sudo ./istio-1.8.2/bin/istioctl install --set "hub=ghcr.io/mesh" \
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^ entity.name.function.call.istioctl
#            ^^^^^ constant.numeric.version.image-decider.meshfit
#                               ^^^^^^^ keyword.other.install.istioctl
#                                              ^^^ string.quoted.double.shell entity.name.tag.image-decider.meshfit
#                                                  ^^^^^^^^^^^^ constant.language.image-decider.meshfit
#                                                                ^ constant.character.escape.line-continuation.shell
  --set 'values.global.tag=1.8.2' --set=meshConfig.accessLogFile=/dev/stdout
# ^^^^^ constant.other.option.istioctl
#        ^^^^^^^^^^^^^^^^^ entity.name.tag.image-decider.meshfit
#                          ^^^^^ constant.language.image-decider.meshfit
#                                       ^^^^^^^^^^^^^^^^^^^^^^^^ variable.parameter.setting.istioctl ! entity.name.tag.image-decider.meshfit
#                                                                ^^^^^^^^^^^ string.unquoted.argument.istioctl

"$BIN/istioctl-1.14" --context $C manifest generate -s components.pilot.hub="$HUB" > out.yaml 2>&1 # hub=x
# ^^^ entity.name.function.call.istioctl variable.other.normal.shell
#              ^^^^ constant.numeric.version.image-decider.meshfit
#                    ^^^^^^^^^ constant.other.option.istioctl
#                              ^^ variable.other.normal.shell
#                                 ^^^^^^^^ keyword.other.install.istioctl
#                                          ^^^^^^^^ keyword.other.install.istioctl
#                                                   ^^ constant.other.option.istioctl
#                                                      ^^^^^^^^^^^^^^^^^^^^ entity.name.tag.image-decider.meshfit
#                                                                            ^^^^ variable.other.normal.shell
#                                                                                             ^^^^ keyword.operator.redirect.shell
#                                                                                                  ^^^^^^^ comment.line.number-sign.shell ! meta.command.istioctl

istioctl operator init --hub=gcr.io/istio-release --tag 1.9.5
#        ^^^^^^^^ keyword.other.install.istioctl
#                 ^^^^ keyword.other.install.istioctl
#                      ^^^^^ constant.other.option.istioctl entity.name.tag.image-decider.meshfit
#                            ^^^^^^^^^^^^^^^^^^^^ constant.language.image-decider.meshfit
#                                                       ^^^^^ constant.language.image-decider.meshfit

istioctl x upgrade
#        ^ keyword.other.install.istioctl
#          ^^^^^^^ keyword.other.install.istioctl

if ! "${ISTIOCTL}" apply; then exit 1; fi
#       ^^^^^^^^ entity.name.function.call.istioctl variable.other.normal.shell
#                  ^^^^^ keyword.other.install.istioctl
#                         ^^^^ keyword.control.then.shell ! meta.command.istioctl

out=$(istioctl install 2>&1) || exit
#     ^^^^^^^^ entity.name.function.call.istioctl
#              ^^^^^^^ keyword.other.install.istioctl
#                            ^^ ! meta.command.istioctl

yes | istioctl upgrade && ls
#     ^^^^^^^^ entity.name.function.call.istioctl
#              ^^^^^^^ keyword.other.install.istioctl
#                         ^^ ! meta.command.istioctl

istioctl install -f - <<END
#        ^^^^^^^ keyword.other.install.istioctl
#                       ^^^ punctuation.definition.string.heredoc.delimiter.shell ! meta.command.istioctl
kind: IstioOperator
# <---- string.unquoted.heredoc.no-indent.END
END
ls
# <-- entity.name.command.shell ! meta.command.istioctl
