using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Runs;

/// <summary>An architecture picked from a run: by its part in the result, by its place on the front, or by genotype.</summary>
internal sealed record PickedNetwork(Genotype Genotype, Architecture Architecture)
{
    public const string Names = "best (most probable), feasible (most probable on target), knee or a genotype";

    /// <exception cref="InputException">The run has not ended, has no such pick, or the genotype is not of its space.</exception>
    public static PickedNetwork From(RunRecord record, string pick, RunStore store)
    {
        var space = SpaceFile.Parse($"space of run '{record.Name}'", record.Space);
        string text = pick switch
        {
            "best" => record.MostProbable ?? record.MostProbableFeasible ?? throw NotYet(record, pick),
            "feasible" => record.MostProbableFeasible ?? throw NotYet(record, pick),
            "knee" => Knee(record, store),
            _ when pick.Contains(':', StringComparison.Ordinal) => pick,
            _ => throw new InputException($"--pick must be best, feasible, knee or a genotype, not '{pick}'{NearestName.End(pick, ["best", "feasible", "knee"])}"),
        };
        var genotype = space.Parse(text);
        return new PickedNetwork(genotype, space.Resolve(genotype));
    }

    private static string Knee(RunRecord record, RunStore store)
    {
        var front = MeasuredFront.Of(store.Trials(record.Name), record.Objective);
        if (front.Count == 0) throw NotYet(record, "knee");
        return ParetoFront.Knee(front, trial => trial.Cost.Of(record.Objective), trial => trial.Quality).Genotype;
    }

    private static InputException NotYet(RunRecord record, string pick) => new(record.Status == RunStatus.Completed
        ? $"run '{record.Name}' found no architecture to pick as '{pick}'."
        : $"run '{record.Name}' has not ended; `movinet search --resume {record.Name}` goes on with it.");
}
