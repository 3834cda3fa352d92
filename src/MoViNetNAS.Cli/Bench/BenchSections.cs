using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Bench;

/// <summary>The sections of `movinet bench` by name.</summary>
internal static class BenchSections
{
    private static readonly (string Name, Func<BenchContext, IBenchSection> Run)[] All =
    [
        ("kernels", KernelBench.Run),
        ("steps", StepBench.Run),
        ("stream", StreamBench.Run),
        ("onnx", OnnxBench.Run),
        ("memory", MemoryBench.Run),
        ("subclips", SubclipBench.Run),
        ("search", SearchBench.Run),
    ];

    /// <summary>The names, in the order they are run.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(section => section.Name)];

    /// <summary>The sections called <paramref name="names"/>, in the order they are run; all when there are none.</summary>
    /// <exception cref="InputException">There is no section of a name.</exception>
    public static IReadOnlyList<string> Choose(IReadOnlyList<string> names)
    {
        if (names.FirstOrDefault(name => !Names.Contains(name)) is { } stranger)
            throw new InputException($"bench has no section '{stranger}'; there are {string.Join(", ", Names)}{NearestName.End(stranger, [.. Names, "latency"])}");
        return names.Count == 0 ? Names : [.. Names.Where(names.Contains)];
    }

    /// <summary>Measures the section called <paramref name="name"/>.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it.</exception>
    public static IBenchSection Run(string name, BenchContext context) => All.Single(section => section.Name == name).Run(context);
}
