namespace MoViNetNAS.Benchmarks;

/// <summary>Depthwise convolutions: every kernel of the space.</summary>
public class DepthwiseBenchmarks() : KernelBenchmarks("depthwise");
