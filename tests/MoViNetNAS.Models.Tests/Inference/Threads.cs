using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Inference;

/// <summary>Sets libtorch's threads until it is disposed. Small networks are quickest on one, most of all on a busy machine.</summary>
internal sealed class Threads : IDisposable
{
    private readonly int _before = get_num_threads();

    public Threads(int count) => set_num_threads(count);

    public void Dispose() => set_num_threads(_before);
}
