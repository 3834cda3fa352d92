namespace MoViNetNAS.Cli.Tests;

/// <summary>Mistakes are answered in a sentence, with the nearest name, and exit code 2.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movinet-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_wrong_model_name() =>
        Assert.Equal(
            "there is no model 'a9'; there are a0, a1, a2, a3, a4, a5, t0, a6, mobilenetv3-small, mobilenetv3-large, mobilenetv3-small-tsm, mobilenetv3-large-tsm, x3d-s, x3d-m, x3d-l, resnet3d-50; did you mean 'a0'?" + Environment.NewLine,
            Movinet.Refused("cost", "--model", "a9"));

    [Theory]
    [InlineData("unknown option '--modle'; did you mean '--model'?", "cost", "--modle", "a0")]
    [InlineData("there is no verb 'csot'; did you mean 'cost'?", "csot", "--model", "a0")]
    [InlineData("there is no verb 'smaple'; did you mean 'sample'?", "space", "smaple")]
    [InlineData("a verb is needed: search, train, eval,")]
    [InlineData("a verb is needed: show, count, sample, scale.", "space")]
    [InlineData("unexpected 'a0'.", "cost", "a0")]
    [InlineData("--frames must be a whole number from 1 to 10000, not '0'.", "cost", "--model", "a0", "--frames", "0")]
    [InlineData("--frames must be a whole number from 1 to 10000, not 'x'.", "cost", "--model", "a0", "--frames", "x")]
    [InlineData("--frames must be a whole number from 1 to 10000, not '99999999999'.", "cost", "--model", "a0", "--frames", "99999999999")]
    [InlineData("--resolution must be a whole number from 8 to 4096, not '-5'.", "cost", "--model", "a0", "--resolution", "-5")]
    [InlineData("--classes must be a whole number from 1 to 1000000, not '0'.", "cost", "--model", "a0", "--classes", "0")]
    [InlineData("--variant must be one of base, stream, causal, not 'steam'; did you mean 'stream'?", "cost", "--model", "a0", "--variant", "steam")]
    [InlineData("--seed must be a whole number from 0", "space", "sample", "--space", "x.json", "--seed", "-1")]
    [InlineData("Required argument missing for option: '--frames'.", "cost", "--model", "a0", "--frames")]
    [InlineData("Option '--space' is required.", "space", "count")]
    [InlineData("which network?", "cost")]
    [InlineData("--model names a network of its own", "cost", "--model", "a0", "--genotype", "0:1")]
    [InlineData("there is no file nowhere/x.json", "space", "count", "--space", "nowhere/x.json")]
    [InlineData("cannot read ''", "space", "count", "--space", "")]
    [InlineData("--resolution 16: frames are too small for the strides of a0", "cost", "--model", "a0", "--resolution", "16")]
    [InlineData("--switch(1): squeezeExcite must be one of 3d, 2d, 2plus3d, none, not 'nne'; did you mean 'none'?", "cost", "--model", "a0", "--switch", "squeezeExcite=nne")]
    [InlineData("--switch must be name=value, not 'squeezeExcite'", "cost", "--model", "a0", "--switch", "squeezeExcite")]
    [InlineData("'a6' is the mean of the logits of a4 and a5", "train", "--model", "a6", "--experiment", "x.json")]
    public void Wrong_arguments(string sentence, params string[] args) => Assert.StartsWith(sentence, Movinet.Refused(args));

    [Fact]
    public void A_misspelt_key_in_a_space_file_is_named_with_file_line_and_path()
    {
        string file = Path.Combine(_folder, "tiny.json");
        File.WriteAllText(file, File.ReadAllText(Repository.Space("tiny")).Replace("\"depth\": [1, 2]", "\"depht\": [1, 2]", StringComparison.Ordinal));
        int line = Array.FindIndex(File.ReadAllLines(file), text => text.Contains("depht", StringComparison.Ordinal)) + 1;
        string error = Movinet.Refused("space", "show", "--space", file);
        Assert.StartsWith($"{file}({line}): unknown key 'blocks[0].depht'; did you mean 'depth'?", error);
    }

    [Fact]
    public void A_genotype_of_the_wrong_length() =>
        Assert.StartsWith(
            "genotype '0:1:2' has 3 numbers; space 'tiny' has 21 decisions.",
            Movinet.Refused("cost", "--space", Repository.Space("tiny"), "--genotype", "0:1:2"));

    [Fact]
    public void A_space_without_a_genotype_says_where_to_get_one() =>
        Assert.Contains("movinet space sample", Movinet.Refused("cost", "--space", Repository.Space("tiny")));
}
