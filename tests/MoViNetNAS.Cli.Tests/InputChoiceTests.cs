using System.Text.Json;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tests;

/// <summary>A search over a space that chooses frames, resolution and stride, from the file to a trained network.</summary>
[Collection(RunCollection.Name)]
public sealed class InputChoiceTests
{
    private const string Fixed = "\"input\": { \"frames\": 4, \"resolution\": 16 }", Chosen = "\"input\": { \"frames\": [2, 4], \"resolution\": [12, 16], \"frameStride\": [1, 2] }";

    [Fact]
    public void It_is_searched_resumed_to_the_same_bits_and_its_pick_is_trained_at_its_own_input()
    {
        using var mini = Mini();
        string[] steps = ["--set", "search.steps=12", "--set", "search.tolerance=0.5"];
        var whole = Movinet.Done(mini.Search([.. steps, "--name", "whole", "--json"])).Json;
        var space = SpaceFile.Load(mini.Space);
        var trials = mini.Trials("whole");
        var inputs = trials.Select(trial => space.Resolve(space.Parse(trial.Genotype)).Input).Distinct().ToArray();
        Assert.True(inputs.Length > 2, string.Join(", ", inputs.Select(input => $"{input}")));
        Assert.All(trials, trial => Assert.Equal(CostModel.Of(space.Resolve(space.Parse(trial.Genotype)), NetworkVariant.Causal, 8), trial.Cost));

        using (var child = new ChildMovinet(mini.Search([.. steps, "--name", "killed", "--json"])))
        {
            child.WaitForFirstLine();
            child.KillAfter(TimeSpan.FromSeconds(1)); // wherever that falls: before the first step, in one, or after the last
        }

        if (!HasRun(mini, "killed")) Movinet.Done(mini.Search([.. steps, "--name", "killed"]));
        else if (mini.Run("killed").Status != RunStatus.Completed) Movinet.Done("search", "--resume", "killed", "--db", mini.Database);
        Assert.Equal(Fingerprints(mini, "whole"), Fingerprints(mini, "killed"));

        string genotype = whole.GetProperty("mostProbable").GetProperty("genotype").GetString()!;
        Movinet.Done("train", "--run", "whole", "--pick", "best", "--db", mini.Database, "--threads", "1", "--set", "train.epochs=1", "--set", "train.subclipFrames=0", "--name", "picked");
        using var plan = JsonDocument.Parse(File.ReadAllText(Path.Combine(mini.Results, "picked", "plan.json")));
        var own = space.Resolve(space.Parse(genotype)).Input;
        var input = plan.RootElement.GetProperty("input");
        Assert.Equal((own.Frames, own.Resolution, own.FrameStride), (input.GetProperty("frames").GetInt32(), input.GetProperty("resolution").GetInt32(), input.GetProperty("frameStride").GetInt32()));
    }

    [Fact]
    public void Verbs_of_spaces_know_it()
    {
        using var mini = Mini();
        var show = Movinet.Done("space", "show", "--space", mini.Space).Output;
        Assert.Contains("input/resolution", show);
        Assert.Contains("clips read as 7 frames of 16x16", show);
        Assert.Contains("architectures", Movinet.Done("space", "count", "--space", mini.Space).Output);
        long[] macs = [.. Movinet.Done("space", "sample", "--space", mini.Space, "--count", "20", "--json").Json.EnumerateArray().Select(sample => sample.GetProperty("macs").GetInt64())];
        Assert.True(macs.Max() > 2 * macs.Min());
        Assert.Contains("resolutions 12, 16", Movinet.Refused("bench", "latency", "--space", mini.Space, "--quick"));
        Assert.Contains("chooses its input", Movinet.Refused("space", "scale", "--base", mini.Space, "--out", mini["o"], "--report", mini["r"]));
    }

    private static MiniExperiment Mini()
    {
        var mini = new MiniExperiment();
        Assert.Contains(Fixed, MiniExperiment.SpaceText);
        File.WriteAllText(mini.Space, MiniExperiment.SpaceText.Replace(Fixed, Chosen, StringComparison.Ordinal));
        return mini;
    }

    private static bool HasRun(MiniExperiment mini, string name)
    {
        if (!File.Exists(mini.Database)) return false;
        using var store = Store.RunStore.OpenReadOnly(mini.Database);
        return store.Runs().Any(run => run.Name == name);
    }

    private static string Fingerprints(MiniExperiment mini, string run) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(mini.Results, run, "best.json"))).RootElement.GetProperty("fingerprints").GetRawText();
}
