namespace MoViNetNAS.Cli.Tests;

/// <summary>bfloat16 is refused where it is not to be had, in one sentence and before anything is written; elsewhere it is counted.</summary>
public sealed class PrecisionVerbTests : IDisposable
{
    private const string Named =
        """
        {
          "format": 1, "name": "named", "network": "t0", "input": { "frames": 5, "resolution": 32 },
          "data": { "kind": "moving-shapes", "weightsClips": 8, "scoreClips": 8, "testClips": 8 },
          "train": { "epochs": 1, "batch": 8 }
        }
        """;

    private readonly MiniExperiment _experiment = new();
    private readonly string _named;

    public PrecisionVerbTests()
    {
        _named = _experiment["named.json"];
        File.WriteAllText(_named, Named);
    }

    public void Dispose() => _experiment.Dispose();

    [Fact]
    public void A_training_on_the_cpu()
    {
        const string Sentence = "train.precision is 'bfloat16', which --device cpu does not have: the kernels of the processor are float32; "
            + "use --device cuda with a card of compute capability 8.0 or newer, or set train.precision=float32.";
        string[] train = ["train", "--experiment", _named, "--db", _experiment.Database, "--threads", "1", "--set", "train.precision=bfloat16"];
        Assert.Contains(Sentence, Movinet.Refused(train));
        Assert.Contains(Sentence, Movinet.Refused([.. train, "--dry-run"]));
        _experiment.AssertNothingWritten();
    }

    [Fact]
    public void A_search_on_the_cpu()
    {
        string[] search = _experiment.Search("--set", "supernet.precision=bfloat16");
        Assert.Contains("supernet.precision is 'bfloat16', which --device cpu does not have", Movinet.Refused(search));
        _experiment.AssertNothingWritten();
    }

    [Theory]
    [InlineData("train.precision=bf16", "train.precision must be one of float32, bfloat16, not 'bf16'")]
    [InlineData("supernet.precision=16", "supernet.precision must be one of float32, bfloat16, not 16")]
    [InlineData("train.precison=bfloat16", "unknown key 'train.precison'; did you mean 'precision'?")]
    public void A_wrong_value_or_key(string set, string sentence)
    {
        Assert.Contains(sentence, Movinet.Refused(_experiment.Search("--set", set)));
        _experiment.AssertNothingWritten();
    }

    // A dry run plans for a card that this machine need not have.
    [Fact]
    public void A_dry_run_for_a_card_counts_its_memory()
    {
        long Activations(params string[] more) => Movinet.Done(
                ["train", "--experiment", _named, "--db", _experiment.Database, "--threads", "1", "--device", "cuda", "--dry-run", "--json", .. more])
            .Json.GetProperty("memory").GetProperty("activationBytes").GetInt64();

        string[] rounded = ["--set", "train.precision=bfloat16"];
        Assert.InRange(Activations(rounded), 0.5 * Activations(), 0.6 * Activations());
        string text = Movinet.Done(["train", "--experiment", _named, "--db", _experiment.Database, "--threads", "1", "--device", "cuda", "--dry-run", .. rounded]).Output;
        Assert.Contains("kept in bfloat16 for the backward pass", text);
    }
}
