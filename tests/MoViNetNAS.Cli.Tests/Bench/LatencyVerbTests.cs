using System.Text.Json;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Tests.Bench;

[Collection(RunCollection.Name)]
public sealed class LatencyVerbTests : IDisposable
{
    private readonly MiniExperiment _experiment = new();

    private string Table => _experiment["latency.json"];

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void A_measured_table_makes_a_search_for_milliseconds_that_needs_the_table_no_more()
    {
        var measured = Measure();
        Assert.Equal(measured.GetProperty("operations").GetInt32(), measured.GetProperty("measured").GetInt32());
        Assert.Equal(3, measured.GetProperty("validation").GetProperty("networks").GetInt32());
        Assert.True(measured.GetProperty("fastest").GetProperty("measuredMs").GetDouble() > 0);
        var table = LatencyFile.Load(Table);
        var space = SpaceFile.Load(_experiment.Space);
        Assert.Null(table.Mismatch(space, NetworkVariant.Causal, 16, 8));

        string file = Latency();
        string[] search = ["search", file, "--db", _experiment.Database, "--threads", "1", "--json"];
        var run = Movinet.Done(search);
        Assert.Contains("milliseconds are of a frame on 1 thread", run.Error);
        Assert.DoesNotContain("NOTE", run.Error);
        Assert.Equal("latencyMs", run.Json.GetProperty("objective").GetString());
        var best = run.Json.GetProperty("bestRescored");
        double ms = table.Of(space.Resolve(space.Parse(best.GetProperty("genotype").GetString()!)));
        Assert.Equal(ms, best.GetProperty("cost").GetDouble(), 1e-9 * ms);
        Assert.InRange(best.GetProperty("costRatio").GetDouble(), 0.6, 1.4);
        Assert.All(_experiment.Trials("mini-1"), trial => Assert.True(trial.Cost.LatencyMs > 0));
        string front = File.ReadAllText(Path.Combine(_experiment.Results, "mini-1", "front.csv"));
        Assert.Contains(",latencyMs,", front);

        // The run's folder is enough to do it again, bit for bit; the names of the runs are not in the fingerprints.
        File.Delete(Table);
        string config = Path.Combine(_experiment.Results, "mini-1", "config.json");
        var again = Movinet.Done("search", config, "--db", _experiment.Database, "--threads", "1", "--json");
        Assert.Equal(run.Json.GetProperty("fingerprints").GetRawText(), again.Json.GetProperty("fingerprints").GetRawText());
        Movinet.Done("pareto", "--run", "mini-1", "--db", _experiment.Database);
        Assert.Contains(" ms ", Movinet.Done("runs", "--db", _experiment.Database).Output);

        // So is its record, which keeps the table, and a file made of it.
        string kept = File.ReadAllText(Path.Combine(_experiment.Results, "mini-1", "latency.json"));
        Directory.Delete(Path.Combine(_experiment.Results, "mini-1"), recursive: true);
        Movinet.Done("runs", "export", "mini-1", "--db", _experiment.Database, "--out", _experiment["run.zip"]);
        string elsewhere = _experiment[Path.Combine("elsewhere", "movinet.db")];
        Movinet.Done("runs", "import", _experiment["run.zip"], "--db", elsewhere);
        Assert.Equal(kept, File.ReadAllText(_experiment[Path.Combine("elsewhere", "mini-1", "latency.json")]));
        Assert.True(Movinet.Done("rerun", "mini-1", "--db", elsewhere, "--json").Json.GetProperty("isSame").GetBoolean());
    }

    [Fact]
    public void A_table_of_another_space_variant_or_number_of_classes_is_refused_in_one_sentence()
    {
        Measure("--classes", "9");
        string file = Latency();
        Assert.Contains("with 9 classes, not 8; `movinet bench latency", Refused(file));
        Assert.Contains("is of the variant 'causal', not of 'stream'", Refused(file, "--set", "variant=stream"));
        Assert.Contains("'base' is not causal and cannot stream", Refused(file, "--set", "variant=base"));
        File.WriteAllText(_experiment.Space, MiniExperiment.SpaceText.Replace("\"expansions\": [1, 2]", "\"expansions\": [1, 3]", StringComparison.Ordinal));
        Assert.Contains("is of space 'mini'", Refused(file));
        File.Delete(Table);
        Assert.Contains("there is no such file beside this one", Refused(file));
        _experiment.AssertNothingWritten();
    }

    [Fact]
    public void Mistakes_of_the_command_line_are_told()
    {
        Assert.Contains("--space", Movinet.Run("bench", "latency").OneSentence());
        Assert.Contains("must be one of stream, causal, not 'base'", Movinet.Refused("bench", "latency", "--space", _experiment.Space, "--variant", "base"));
        Assert.Contains("unknown option '--clases'; did you mean '--classes'?", Movinet.Refused("bench", "latency", "--clases", "3"));
        Assert.Contains("did you mean 'latency'?", Movinet.Refused("bench", "latenci"));
        Assert.Contains("unknown option '--quik'; did you mean '--quick'?", Movinet.Refused("bench", "--quik"));
    }

    private JsonElement Measure(params string[] more) => Movinet.Done(
        ["bench", "latency", "--space", _experiment.Space, "--networks", "3", "--quick", "--output", Table, "--json", .. more.Length > 0 ? more : ["--classes", "8"]]).Json;

    private string Latency() => _experiment.With("\"tolerance\": 0.4", "\"tolerance\": 0.4, \"objective\": \"latencyMs\", \"latencyTable\": \"latency.json\"");

    private string Refused(string file, params string[] more)
    {
        var run = Movinet.Run(["search", file, "--db", _experiment.Database, "--threads", "1", .. more]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        return run.OneSentence();
    }
}
