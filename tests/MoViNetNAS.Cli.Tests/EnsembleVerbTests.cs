using System.Text.Json;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class EnsembleVerbTests(FinishedRun finished) : IDisposable
{
    // Members are trained in a copy: others count the networks of the run that all share.
    private readonly MiniExperiment _copy = finished.Experiment.Copy();

    public void Dispose() => _copy.Dispose();

    [Fact]
    public void Members_at_half_the_rate_cost_together_a_stream_of_one_at_the_full_rate()
    {
        string[] members = [Train("a", 3), Train("b", 4)];
        foreach (string sharing in new[] { "same", "alternate" })
        {
            var whole = Ensemble(members, "--sharing", sharing);
            var streamed = Ensemble(members, "--sharing", sharing, "--frame-by-frame");
            var together = whole.GetProperty("ensemble");
            Assert.Equal(sharing, whole.GetProperty("sharing").GetString());
            Assert.Equal(36, together.GetProperty("clips").GetInt32());
            Assert.Equal(together.GetProperty("right").GetInt32(), streamed.GetProperty("ensemble").GetProperty("right").GetInt32());
            Assert.Equal(4, streamed.GetProperty("ensemble").GetProperty("top1AfterFrame").GetArrayLength());
            Assert.Equal(whole.GetProperty("members").EnumerateArray().Sum(member => member.GetProperty("macsPerVideo").GetInt64()), together.GetProperty("macsPerVideo").GetInt64());
            Assert.Equal(finished.Training.Json.GetProperty("macsPerFrame").GetInt64(), together.GetProperty("macsPerFrame").GetInt64());
        }

        Assert.Equal("same", Ensemble(members).GetProperty("sharing").GetString());
        Assert.Contains("members share frames: same", Movinet.Done(["ensemble", "--checkpoint", members[0], "--checkpoint", members[1], "--threads", "1"]).Output);
    }

    [Fact]
    public void Networks_of_different_clips_each_see_their_own()
    {
        string half = Train("c", 5);
        var both = Ensemble([half, finished.Checkpoint]);
        Assert.Equal("own", both.GetProperty("sharing").GetString());
        var alone = Movinet.Done("eval", "--checkpoint", finished.Checkpoint, "--threads", "1", "--json").Json;
        Assert.Equal(alone.GetProperty("right").GetInt32(), both.GetProperty("members")[1].GetProperty("right").GetInt32());
        Assert.Contains("see different clips", Movinet.Refused("ensemble", "--checkpoint", half, "--checkpoint", finished.Checkpoint, "--sharing", "alternate"));
        Assert.Contains("watch one stream", Movinet.Refused("ensemble", "--checkpoint", half, "--checkpoint", finished.Checkpoint, "--frame-by-frame"));
    }

    [Fact]
    public void What_cannot_be_an_ensemble_is_refused_in_a_sentence()
    {
        string one = finished.Checkpoint;
        Assert.Contains("at least two members", Movinet.Refused("ensemble", "--checkpoint", one));
        Assert.Contains("did you mean 'alternate'", Movinet.Refused("ensemble", "--checkpoint", one, "--checkpoint", one, "--sharing", "alternat"));
        Assert.Contains("no multiple of 2", Movinet.Refused("ensemble", "--checkpoint", one, "--checkpoint", one, "--sharing", "same"));
        Assert.Contains("windows x crops", Movinet.Refused("eval", "--checkpoint", one, "--views", "3"));
        Assert.Contains("one window and one crop", Movinet.Refused("eval", "--checkpoint", one, "--views", "3x1"));
        Assert.Contains("leave out --views", Movinet.Refused("eval", "--checkpoint", one, "--views", "3x1", "--frame-by-frame"));
        Assert.Contains("do not go together", Movinet.Refused("stream", "--checkpoint", one, "--checkpoint", one, "--video", "v.avi", "--save-state", "s"));
    }

    private string Train(string name, int seed)
    {
        Movinet.Done("train", "--run", FinishedRun.Name, "--half-rate", "--seed", $"{seed}", "--set", "train.epochs=1", "--set", "train.subclipFrames=0", "--name", $"member-{name}", "--db", _copy.Database, "--threads", "1");
        return Path.Combine(_copy.Results, $"member-{name}");
    }

    private static JsonElement Ensemble(string[] members, params string[] more) =>
        Movinet.Done(["ensemble", .. members.SelectMany(member => new[] { "--checkpoint", member }), "--threads", "1", "--json", .. more]).Json;
}
