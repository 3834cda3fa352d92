using MoViNetNAS.Models.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MoViNetNAS.Models.Tests.Kernels;

/// <summary>Which devices are asked to compute in bfloat16.</summary>
[Collection(KernelCollection.Name)]
public sealed class BFloat16SupportTests
{
    [Fact]
    public void The_small_convolution_is_right_on_the_processor_which_is_refused_all_the_same()
    {
        Assert.Null(BFloat16Support.Fault(CPU));
        Assert.Equal("the kernels of the processor are float32", BFloat16Support.Lack(CPU));
    }

    // The meta device knows shapes and no numbers.
    [Fact]
    public void A_device_that_cannot_is_a_fault_and_no_exception() =>
        Assert.StartsWith("a convolution in bfloat16 fails: ", BFloat16Support.Fault(META));

    [Fact]
    public void A_card_of_this_machine_has_a_compute_capability()
    {
        Assert.SkipUnless(cuda_is_available(), "no CUDA device");
        Assert.InRange(CudaCard.ComputeCapability()!, new Version(3, 0), new Version(99, 0));
        if (CudaCard.ComputeCapability() >= new Version(8, 0)) Assert.Null(BFloat16Support.Lack(CUDA));
    }
}
