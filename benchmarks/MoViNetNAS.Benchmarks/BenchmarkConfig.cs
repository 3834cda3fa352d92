using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;

namespace MoViNetNAS.Benchmarks;

/// <summary>What all benchmarks share: managed allocations, ratios within a category, Markdown and CSV. Jobs come from the command line.</summary>
/// <remarks>The column of allocations counts managed memory only; tensors lie in native memory (`movinet bench memory` measures it).</remarks>
public sealed class BenchmarkConfig : ManualConfig
{
    /// <summary>The configuration.</summary>
    public BenchmarkConfig()
    {
        AddLogger(ConsoleLogger.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddDiagnoser(MemoryDiagnoser.Default);
        AddExporter(MarkdownExporter.GitHub, BenchmarkDotNet.Exporters.Csv.CsvExporter.Default);
        AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory);
    }
}
