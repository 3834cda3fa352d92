using MoViNetNAS.Models;
using MoViNetNAS.Models.Kernels;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using TorchSharp;

namespace MoViNetNAS.Cli.Runs;

/// <summary>Opens the device that the user named.</summary>
internal static class Devices
{
    /// <summary>The keys that ask for a precision.</summary>
    public const string TrainKey = "train.precision", SupernetKey = "supernet.precision";

    private const string Cpu = "cpu", Cuda = "cuda";

    /// <exception cref="InputException">There is none of that kind here.</exception>
    public static torch.Device Open(string name)
    {
        if (name == Cuda && !torch.cuda_is_available())
            throw new InputException("--device cuda: this build of libtorch finds no CUDA device; build with -p:TorchBackend=cuda on a machine that has one, or use --device cpu.");
        return torch.device(name);
    }

    /// <summary>Opens a device for passes in <paramref name="precision"/>, which the key <paramref name="key"/> asks for.</summary>
    /// <exception cref="InputException">There is none of that kind here, or it does not have that precision.</exception>
    public static torch.Device Open(string name, Precision precision, string key)
    {
        RequireNoCpu(name, precision, key);
        var device = Open(name);
        return precision == Precision.Float32 || BFloat16Support.Lack(device) is not { } lack
            ? device
            : throw new InputException($"{key} is 'bfloat16', which --device {name} does not have: {lack}; set {key}=float32.");
    }

    /// <summary>Refuses bfloat16 on the CPU, which can be told without opening anything.</summary>
    /// <exception cref="InputException">It is asked for.</exception>
    public static void RequireNoCpu(string name, Precision precision, string key)
    {
        if (name == Cpu && precision != Precision.Float32 && BFloat16Support.Lack(torch.CPU) is { } lack)
        {
            throw new InputException(
                $"{key} is 'bfloat16', which --device cpu does not have: {lack}; use --device cuda with a card of compute capability 8.0 or newer, or set {key}=float32.");
        }
    }

    /// <summary>Refuses bfloat16 for trainings of many networks, which run on the CPU wherever the searches beside them do.</summary>
    /// <exception cref="InputException">It is asked for.</exception>
    public static void RequireFloat32(TrainingSettings settings)
    {
        if (settings.Precision != Precision.Float32)
            throw new InputException($"{TrainKey} is 'bfloat16', and the trainings of tables and comparisons run on the CPU, whose kernels are float32: set {TrainKey}=float32.");
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
