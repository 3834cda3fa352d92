using System.Collections.Immutable;

namespace MoViNetNAS.Search;

/// <summary>Hears how a search goes; called on the search's own thread, between its steps.</summary>
public interface ISearchListener
{
    /// <summary>A step is done.</summary>
    void OnStep(StepReport report);

    /// <summary>
    /// Time to save: <paramref name="state"/> together with the evaluator's weights as they are now is where a search can go on.
    /// Comes every <see cref="SearchSettings.CheckpointEvery"/> steps, after the last step, and when the search is interrupted.
    /// </summary>
    void OnCheckpoint(SearchState state);

    /// <summary><paramref name="done"/> of the <paramref name="total"/> architectures that are scored at the end have been.</summary>
    void OnScored(int done, int total);

    /// <summary>An update of a search that trains first and chooses then is done; other searches have none.</summary>
    void OnTrained(TrainingStep step)
    {
    }

    /// <summary>The evolution after the training has scored an architecture; other searches have none.</summary>
    /// <param name="trial">What was scored; a resumed search tells again what it had.</param>
    /// <param name="done">Scored so far.</param>
    /// <param name="most">Most that will be; an evolution that ends early scores fewer.</param>
    void OnEvolved(Trial trial, long done, long most)
    {
    }

    /// <summary>The controller begins to learn: where each cost term's beta will take the search. Comes at most once, and not where too
    /// few architectures were scored before.</summary>
    void OnAdvice(ImmutableArray<BetaAdvice> advice)
    {
        // Who does not show it need not hear it.
    }
}
