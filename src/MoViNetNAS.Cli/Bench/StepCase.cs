using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Bench;

/// <summary>A supernet and the clips it is trained on.</summary>
/// <param name="Space">The search space.</param>
/// <param name="Input">Frames and resolution of the clips.</param>
/// <param name="Batch">Clips of each architecture, in training and in scoring.</param>
/// <param name="Candidates">K, architectures of a search step.</param>
internal sealed record StepCase(SearchSpace Space, InputShape Input, int Batch, int Candidates)
{
    private const int UsualCandidates = 4;

    public static IReadOnlyList<StepCase> Full() =>
    [
        new(SpaceFiles.Load("tiny"), new InputShape(8, 32), Batch: 16, UsualCandidates),
        new(SpaceFiles.Load("bench"), new InputShape(8, 112), Batch: 8, UsualCandidates),
    ];

    public static IReadOnlyList<StepCase> Quick() => [new(SpaceFiles.Load("tiny"), new InputShape(2, 16), Batch: 2, Candidates: 2)];

    /// <summary>K architectures drawn uniformly: the same in every step and on both sides, so that what varies is time alone.</summary>
    public IReadOnlyList<SubnetPath> Paths() =>
        [.. Enumerable.Range(0, Candidates).Select(i => SubnetPath.Of(Space.Resolve(Space.Sample(BenchContext.Random($"path {i}")))))];
}
