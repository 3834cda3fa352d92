namespace MoViNetNAS.Cli.Tests;

public sealed class DoctorVerbTests
{
    [Fact]
    public void The_machine_that_runs_the_tests_is_healthy()
    {
        string database = Path.Combine(Directory.CreateTempSubdirectory("movinet-doctor-").FullName, "results", "movinet.db");
        var run = Movinet.Run("doctor", "--db", database, "--json");
        Assert.True(run.ExitCode == ExitCode.Done, run.Output);
        var checks = run.Json.GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.Equal([".NET", "OnnxRuntime", "TeX", "disk", "ffmpeg", "fonts", "libtorch", "memory", "results folder", "threads", "vectors"], checks.Keys.Order(StringComparer.Ordinal));
        Assert.True(checks["libtorch"].GetProperty("ok").GetBoolean());
        Assert.True(checks["OnnxRuntime"].GetProperty("ok").GetBoolean());
        Assert.False(Directory.Exists(Path.GetDirectoryName(database)), "the doctor leaves nothing behind");
    }

    [Fact]
    public void A_results_folder_that_cannot_be_made_is_a_failure_with_a_remedy()
    {
        string file = Path.GetTempFileName();
        var run = Movinet.Run("doctor", "--db", Path.Combine(file, "below", "movinet.db"));
        File.Delete(file);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("FAIL  results folder", run.Output);
        Assert.Contains("--db", run.Output);
    }
}
