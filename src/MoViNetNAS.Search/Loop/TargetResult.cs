using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>What an evolution with frozen shared weights found for one target.</summary>
/// <param name="Window">The costs that counted as on target.</param>
/// <param name="Best">The best that it evaluated, the first of equals; null when it found nothing on target.</param>
/// <param name="Evolved">All that it evaluated, in order.</param>
/// <param name="Baseline">Uniformly drawn architectures on target, scored the same way.</param>
public sealed record TargetResult(CostWindow Window, Trial? Best, ImmutableArray<Trial> Evolved, ImmutableArray<Trial> Baseline);
