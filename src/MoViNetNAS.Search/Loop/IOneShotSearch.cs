using MoViNetNAS.Spaces;

namespace MoViNetNAS.Search;

/// <summary>A search with shared weights, whatever chooses in it: what a run drives.</summary>
public interface IOneShotSearch
{
    /// <summary>The settings, with target and learning rate as numbers.</summary>
    SearchSettings Settings { get; }

    /// <summary>The costs that count as on target; of several targets the first.</summary>
    CostWindow Window { get; }

    /// <summary>Architectures that one update of the weights trains.</summary>
    int PathsPerStep { get; }

    /// <summary>Runs to the end.</summary>
    /// <param name="listener">Hears every step.</param>
    /// <param name="from">Where to go on; null for the start. The evaluator must hold the weights of that moment.</param>
    /// <param name="cancellation">Stops the search after the step, or the scoring, that is under way; a checkpoint comes first.</param>
    /// <exception cref="InputException">No architecture is on target, or <paramref name="from"/> belongs to another search.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    SearchResult Run(ISearchListener listener, SearchState? from = null, CancellationToken cancellation = default);
}
