namespace MoViNetNAS.Benchmarks;

/// <summary>Batch norm and swish, fused, against one after the other.</summary>
public class BatchNormBenchmarks() : KernelBenchmarks("batch norm + swish");
