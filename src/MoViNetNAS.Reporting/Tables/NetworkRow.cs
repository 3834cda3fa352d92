using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Reporting;

/// <summary>A network in a table of results.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Variant">"base", "stream" or "causal".</param>
/// <param name="Top1">Held-out top-1 over its seeds, in [0, 1]; null where it was not trained.</param>
/// <param name="Clips">Clips that top-1 was measured on; null likewise.</param>
/// <param name="Cost">What it costs; latency where it was measured.</param>
public sealed record NetworkRow(string Name, string Variant, SampleSummary? Top1, int? Clips, Cost Cost);
