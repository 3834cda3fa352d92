using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using TorchSharp;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Opens the device that the user named.</summary>
internal static class Devices
{
    /// <exception cref="InputException">There is none of that kind here.</exception>
    public static torch.Device Open(string name)
    {
        if (name == "cuda" && !torch.cuda_is_available())
            throw new InputException("--device cuda: this build of libtorch finds no CUDA device; build with -p:TorchBackend=cuda on a machine that has one, or use --device cpu.");
        return torch.device(name);
    }

    /// <summary>Prepares tensor operations; sets and returns the number of threads they use.</summary>
    public static int UseThreads(int? asked)
    {
        NativeHeap.KeepFreedMemory();
        int threads = asked ?? Environment.ProcessorCount;
        torch.set_num_threads(threads);
        return threads;
    }
}
