using FsCheck.Xunit;

namespace MoViNetNAS.Spaces.Tests;

public sealed class VariantFileTests
{
    [Property]
    public void A_variant_is_the_same_after_writing_and_reading(
        int of, bool isCausal, bool hasEncoding, int convolution, int squeezeExcite, int activation, int gate, int pooling, int last)
    {
        static T Pick<T>(IReadOnlyDictionary<string, T> values, int index) => values.Values.ElementAt((int)((uint)index % values.Count));
        var variant = Pick(NetworkVariant.ByName, of) with
        {
            IsCausal = isCausal,
            HasPositionalEncoding = hasEncoding && isCausal,
            Convolution = Pick(VariantSwitches.Convolutions, convolution),
            SqueezeExcite = Pick(VariantSwitches.SqueezeExcites, squeezeExcite),
            Activation = Pick(VariantSwitches.Activations, activation),
            Gate = Pick(VariantSwitches.Gates, gate),
            HeadPooling = Pick(VariantSwitches.HeadPoolings, pooling),
            ClassifierActivation = Pick(VariantSwitches.Activations, last),
        };
        var read = Read(VariantFile.Write(variant).ToJsonString());
        Assert.Equal(variant, read with { Name = variant.Name });
        Assert.Equal(read, Read(VariantFile.Write(read).ToJsonString()));
    }

    [Theory]
    [InlineData("\"stream\"", "stream")]
    [InlineData("{ \"of\": \"stream\", \"squeezeExcite\": \"none\" }", "stream, squeezeExcite none")]
    [InlineData("{ \"of\": \"base\", \"causal\": true, \"gate\": \"hard_sigmoid_relu6\" }", "base, causal true, gate hard_sigmoid_relu6")]
    [InlineData("{ \"of\": \"stream\", \"positionalEncoding\": true }", "stream")]
    public void Its_name_tells_what_was_switched(string json, string name) => Assert.Equal(name, Read(json).Name);

    [Theory]
    [InlineData("\"streem\"", "did you mean 'stream'")]
    [InlineData("{ \"of\": \"stream\", \"squezeExcite\": \"none\" }", "did you mean 'squeezeExcite'")]
    [InlineData("{ \"of\": \"stream\", \"convolution\": \"2d\" }", "3d, 2plus1d, 3d_2plus1d")]
    [InlineData("{ \"of\": \"base\", \"positionalEncoding\": true }", "needs causal true")]
    public void A_mistake_is_named(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => Read(json)).Message);

    private static NetworkVariant Read(string json) => ConfigDocument.Bind("variant.json", json, VariantFile.Read);
}
