using System.Collections.Immutable;

namespace MoViNetNAS.Search.Tests;

/// <summary>Remembers what a search said, and stops it where asked.</summary>
internal sealed class Recorder : ISearchListener
{
    private int _stepsLeft = int.MaxValue;

    public List<StepReport> Reports { get; } = [];

    public List<int> Checkpoints { get; } = [];

    public List<int> Scored { get; } = [];

    public SearchState? LastCheckpoint { get; private set; }

    public ImmutableArray<BetaAdvice> Advice { get; private set; } = [];

    public CancellationTokenSource? Stop { get; set; }

    public int StopAtScored { get; init; } = -1;

    public void StopAfter(int steps, CancellationTokenSource stop) => (_stepsLeft, Stop) = (steps, stop);

    public void OnStep(StepReport report)
    {
        Reports.Add(report);
        if (--_stepsLeft == 0) Stop!.Cancel();
    }

    public void OnCheckpoint(SearchState state)
    {
        Checkpoints.Add(state.NextStep);
        LastCheckpoint = state;
    }

    public void OnScored(int done, int total)
    {
        Scored.Add(done);
        if (done == StopAtScored) Stop!.Cancel();
    }

    public void OnAdvice(ImmutableArray<BetaAdvice> advice) => Advice = advice;
}
