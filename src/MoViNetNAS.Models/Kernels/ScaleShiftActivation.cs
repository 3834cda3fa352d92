using MoViNetNAS.Spaces;
using static TorchSharp.torch;
namespace MoViNetNAS.Models.Kernels;
internal static class ScaleShiftActivation
{
    public static Tensor Apply(Tensor x, Tensor scale, Tensor shift, ActivationType? activation)
    {
        var y = x * scale.view(1, -1, 1, 1, 1) + shift.view(1, -1, 1, 1, 1);
        return activation is { } a ? a.Apply(y) : y;
    }
}
