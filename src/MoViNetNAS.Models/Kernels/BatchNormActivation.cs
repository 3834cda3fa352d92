using MoViNetNAS.Spaces;
using static TorchSharp.torch;
namespace MoViNetNAS.Models.Kernels;
internal static class BatchNormActivation
{
    public static Tensor Apply(Tensor x, Tensor gamma, Tensor beta, double epsilon, ActivationType? activation, Tensor? mean = null, Tensor? variance = null)
    {
        if (mean is not null)
        {
            using var g = no_grad();
            var rows = ChannelsLast.Rows(x);
            mean.copy_(rows.mean([0])); variance!.copy_(rows.var([0], unbiased: false));
        }
        var y = nn.functional.batch_norm(x, null, null, gamma, beta, training: true, eps: epsilon);
        return activation is { } a ? a.Apply(y) : y;
    }
}
