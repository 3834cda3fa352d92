using System.CommandLine;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli;

/// <summary>The options of verbs that run an experiment.</summary>
internal static class ExperimentOptions
{
    /// <summary>Where the videos are.</summary>
    public static Option<string?> Data { get; } = new("--data") { Description = "Folder of the videos, for experiments on real data.", HelpName = "folder" };

    /// <summary>Name of what is made.</summary>
    public static Option<string?> Name { get; } = new("--name") { Description = "Name of the run or model (default: the experiment's and a number).", HelpName = "name" };

    /// <summary>Root of all randomness, instead of the file's.</summary>
    public static Option<string?> Seed { get; } = new("--seed") { Description = "Root of all randomness (default: the file's).", HelpName = "number" };

    /// <summary>Refuses options that <paramref name="option"/> leaves no room for, rather than to ignore them.</summary>
    /// <exception cref="MoViNetNAS.Spaces.InputException">One of <paramref name="others"/> was given.</exception>
    public static void RequireAlone(ParseResult parse, string option, params ReadOnlySpan<Option> others)
    {
        foreach (var other in others)
        {
            if (parse.GetResult(other) is { Implicit: false })
                throw new MoViNetNAS.Spaces.InputException($"{option} and {other.Name} do not go together: with {option} that is settled already.");
        }
    }

    /// <summary>The experiment of <paramref name="file"/>, for verbs that draw nothing and have no seed.</summary>
    public static Experiment LoadPlain(ParseResult parse, string file)
    {
        var experiment = Experiment.Load(file, parse.GetValue(CommonOptions.Set)!);
        return parse.GetValue(Data) is { } data ? experiment with { Data = experiment.Data.At(data) } : experiment;
    }

    /// <summary>The experiment of <paramref name="file"/> with the changes that the command line asks for.</summary>
    public static Experiment Load(ParseResult parse, string file, List<string> overrides)
    {
        if (parse.GetValue(Seed) is { } seed) overrides.Add($"seed={seed}");
        var experiment = Experiment.Load(file, overrides);
        return parse.GetValue(Data) is { } data ? experiment with { Data = experiment.Data.At(data) } : experiment;
    }
}
