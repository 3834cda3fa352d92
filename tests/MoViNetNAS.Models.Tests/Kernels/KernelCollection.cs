namespace MoViNetNAS.Models.Tests.Kernels;

/// <summary>Kernel tests change process-wide switches (vector width, threads, libtorch), so nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KernelCollection
{
    public const string Name = "kernels";
}
