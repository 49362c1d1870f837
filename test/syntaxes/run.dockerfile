# SYNTAX TEST "source.dockerfile" "RUN, ARG and ENV of a Dockerfile"
ARG ISTIO_VERSION=1.14.1
#                 ^^^^^^ constant.numeric.version.image-decider.meshfit
ENV ISTIO_VERSION 1.14.1
#                 ^^^^^^ constant.numeric.version.image-decider.meshfit
RUN ls && istioctl manifest generate --set "profile=demo" \
#   ^^ ! meta.command.istioctl
#         ^^^^^^^^ entity.name.function.call.istioctl
#                  ^^^^^^^^ keyword.other.install.istioctl
#                           ^^^^^^^^ keyword.other.install.istioctl
#                                           ^^^^^^^ entity.name.tag.image-decider.meshfit
#                                                   ^^^^ constant.language.image-decider.meshfit
  --set hub=$HUB
#       ^^^ entity.name.tag.image-decider.meshfit
#           ^^^^ constant.language.image-decider.meshfit variable.other.normal.shell
# istioctl install
# ^^^^^^^^^^^^^^^^ comment.line.number-sign.dockerfile ! meta.command.istioctl
USER istio
# <---- keyword.other.special-method.dockerfile ! meta.command.istioctl
