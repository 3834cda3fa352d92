namespace MoViNetNAS.Cli.Tests;

/// <summary>What `movinet data check` says of a folder of videos.</summary>
public sealed class DataCheckVerbTests : IDisposable
{
    private readonly MiniExperiment _experiment = new();

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void Missing_broken_and_double_videos_are_named_and_the_rest_is_counted()
    {
        string folder = _experiment["videos"];
        Directory.CreateDirectory(folder);
        for (int i = 0; i < 3; i++) TinyVideo.Make(Path.Combine(folder, $"v{i}.avi"), i + 1);
        File.Copy(Path.Combine(folder, "v0.avi"), Path.Combine(folder, "copy.avi"));
        File.WriteAllText(Path.Combine(folder, "junk.avi"), "no video");
        File.WriteAllText(
            Path.Combine(folder, "manifest.csv"),
            """
            path,label,split,subject
            v0.avi,wave,train,a
            v1.avi,walk,train,a
            v2.avi,wave,val,b
            copy.avi,wave,test,c
            junk.avi,walk,test,c
            gone.avi,walk,test,c
            """);
        string file = _experiment.With("\"kind\": \"moving-shapes\", \"weightsClips\": 32, \"scoreClips\": 20, \"testClips\": 16", "\"kind\": \"video-folder\", \"folder\": \"videos\"");
        var run = Movinet.Run("data", "check", file, "--json");
        Assert.True(run.ExitCode == ExitCode.Failed, run.Error);
        var json = run.Json;
        Assert.False(json.GetProperty("isSound").GetBoolean());
        Assert.Equal([2, 1, 3], json.GetProperty("splits").EnumerateArray().Select(split => split.GetProperty("listed").GetInt32()));
        Assert.Equal([2, 1, 1], json.GetProperty("splits").EnumerateArray().Select(split => split.GetProperty("usable").GetInt32()));
        Assert.Equal("gone.avi", json.GetProperty("missing")[0].GetProperty("path").GetString());
        Assert.Equal("junk.avi", json.GetProperty("broken")[0].GetProperty("path").GetString());
        Assert.True(json.GetProperty("duplicates")[0].GetProperty("acrossSplits").GetBoolean());
        string text = Movinet.Run("data", "check", file).Output;
        Assert.Contains("v0.avi = copy.avi (in two splits)", text);
        Assert.Contains("missing: 1", text);
    }

    [Fact]
    public void What_is_wrong_in_annotations_and_used_is_told_and_no_failure()
    {
        string folder = _experiment["videos"];
        Directory.CreateDirectory(folder);
        for (int i = 0; i < 2; i++) TinyVideo.Make(Path.Combine(folder, $"v{i}.mp4"), i + 1);
        File.WriteAllText(Path.Combine(folder, "Charades_v1_classes.txt"), "c000 Holding some clothes\nc001 Opening a door\n");
        File.WriteAllText(Path.Combine(folder, "Charades_v1_train.csv"), "id,subject,actions,length\nv0,a,c000 0.50 0.20;c001 0.00 1.00,1.00\n");
        File.WriteAllText(Path.Combine(folder, "Charades_v1_test.csv"), "id,subject,actions,length\nv1,b,c000 0.00 9.00,2.00\n");
        string file = _experiment.With("\"kind\": \"moving-shapes\", \"weightsClips\": 32, \"scoreClips\": 20, \"testClips\": 16", "\"kind\": \"charades\", \"folder\": \"videos\", \"scoreShare\": 0");
        var run = Movinet.Run("data", "check", file);
        Assert.True(run.ExitCode == ExitCode.Done, run.Error + run.Output);
        Assert.Contains("wrong in the annotations, and used: 1\n  ", run.Output);
        Assert.Contains("Charades_v1_train.csv(2): action 'c000 0.50 0.20' stops before it starts", run.Output);
        Assert.Single(Movinet.Run("data", "check", file, "--json").Json.GetProperty("flaws").EnumerateArray());
    }

    [Fact]
    public void Generated_clips_have_nothing_to_check() =>
        Assert.Contains("its clips are generated", Movinet.Refused("data", "check", _experiment.File));
}
