# SYNTAX TEST "source.shell" "mentions of istioctl, and commands that install nothing"
 # istioctl install --set hub=x
#  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign.shell ! meta.command.istioctl

echo "run istioctl install --set hub=x"
#     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double.shell ! meta.command.istioctl

echo run istioctl install; ls
#    ^^^^^^^^^^^^^^^^^^^^ ! meta.command.istioctl keyword.other.install.istioctl
#                          ^^ entity.name.command.shell

which istioctl
#     ^^^^^^^^ ! entity.name.function.call.istioctl

mv istioctl /usr/local/bin
#  ^^^^^^^^ ! entity.name.function.call.istioctl

my-istioctl install
#  ^^^^^^^^^^^^^^^^ ! meta.command.istioctl

istioctl tag set prod && istioctl uninstall && istioctl verify-install
#        ^^^ ! keyword.other.install.istioctl
#                                 ^^^^^^^^^ ! keyword.other.install.istioctl
#                                                       ^^^^^^^^^^^^^^ ! keyword.other.install.istioctl

helm install redis bitnami/redis --set tag=7
#                                      ^^^^^ ! entity.name.tag.image-decider.meshfit constant.language.image-decider.meshfit
