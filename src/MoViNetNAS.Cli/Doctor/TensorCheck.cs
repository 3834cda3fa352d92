using MoViNetNAS.Models.Kernels;
using TorchSharp;

namespace MoViNetNAS.Cli.Doctor;

/// <summary>libtorch loads, and multiplies two matrices. The one place of the command line that touches a tensor.</summary>
internal static class TensorCheck
{
    private const string Mend =
        "build again with ./movinet so that the native library is restored; on Linux it needs glibc 2.31 and libstdc++ 3.4.29 (GCC 11) or newer";

    // What train.precision and supernet.precision may ask of the card.
    private static string Card
    {
        get
        {
            string capability = CudaCard.ComputeCapability() is { } known ? $" of compute capability {known}" : "";
            return BFloat16Support.Lack(torch.CUDA) is { } lack ? $"{capability} without bfloat16 ({lack})" : $"{capability} with bfloat16";
        }
    }

    public static Finding Run()
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            double sum = torch.ones(2, 3).mm(torch.ones(3, 2)).sum().item<float>();
            string cuda = torch.cuda_is_available() ? $", {torch.cuda.device_count()} CUDA devices{Card}" : ", no CUDA device and so no bfloat16";
            string found = $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, {torch.get_num_threads()} threads{cuda}";
            return Finding.Required("libtorch", sum == 12, found, $"ones(2,3) x ones(3,2) sums to {sum}, not 12: " + Mend);
        }
        catch (Exception e)
        {
            // Whatever a native library throws while loading, the answer is the same.
            return Finding.Required("libtorch", false, $"does not load: {e.GetBaseException().Message.Split('\n')[0]}", Mend);
        }
    }
}
