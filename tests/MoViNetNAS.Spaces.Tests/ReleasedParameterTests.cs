namespace MoViNetNAS.Spaces.Tests;

/// <summary>Parameters of the released networks with 600 classes, exactly.</summary>
/// <remarks>Source: totals of the base models are <c>count_params</c> in the official tests (tensorflow/models,
/// official/projects/movinet); the other columns were counted from the official layers by an independent script.</remarks>
public sealed class ReleasedParameterTests
{
    [Theory]
    [InlineData("a0", 3_111_799, 3_126_071)]
    [InlineData("a1", 4_690_296, 4_717_912)]
    [InlineData("a2", 5_249_562, 5_280_922)]
    [InlineData("a3", 7_397_545, 7_443_289)]
    [InlineData("a4", 11_349_463, 11_422_727)]
    [InlineData("a5", 18_650_523, 18_763_355)]
    [InlineData("t0", 1_727_414, 1_740_502)]
    public void Base_and_causal_models_have_the_official_parameter_counts(string name, long trainable, long total)
    {
        foreach (var variant in new[] { NetworkVariant.Base, NetworkVariant.Causal })
        {
            var cost = CostModel.Of(ReleasedArchitectures.Get(name), variant, classes: 600);
            Assert.Equal(trainable, cost.TrainableParameters);
            Assert.Equal(total, cost.TotalParameters);
        }
    }

    [Theory]
    [InlineData("a0", 3_748_031, 3_765_983)]
    [InlineData("a1", 6_447_352, 6_481_560)]
    [InlineData("a2", 7_326_962, 7_366_050)]
    [InlineData("a3", 10_986_618, 11_043_146)]
    [InlineData("a4", 18_136_182, 18_228_326)]
    [InlineData("a5", 31_495_934, 31_636_734)]
    [InlineData("t0", 2_368_958, 2_385_118)]
    public void Stream_models_have_the_known_parameter_counts(string name, long trainable, long total)
    {
        var cost = CostModel.Of(ReleasedArchitectures.Get(name), ReleasedArchitectures.StreamVariant(name), classes: 600);
        Assert.Equal(trainable, cost.TrainableParameters);
        Assert.Equal(total, cost.TotalParameters);
    }

    [Theory]
    [InlineData("a0", 3_075_847)]
    [InlineData("a1", 4_633_240)]
    [InlineData("a2", 5_183_970)]
    [InlineData("a3", 7_310_425)]
    [InlineData("a4", 11_206_263)]
    [InlineData("a5", 18_441_723)]
    [InlineData("t0", 1_697_206)]
    public void Split_convolutions_with_plain_squeeze_excite_have_the_known_parameter_counts(string name, long trainable)
    {
        var variant = NetworkVariant.Stream with { SqueezeExcite = SqueezeExciteType.Pool3d };
        Assert.Equal(trainable, CostModel.Of(ReleasedArchitectures.Get(name), variant, classes: 600).TrainableParameters);
    }

    [Theory]
    [InlineData("a0", 2_214_488, 50_880)]
    [InlineData("a1", 2_460_248, 82_800)]
    [InlineData("a2", 2_542_168, 93_440)]
    [InlineData("a3", 2_755_160, 126_480)]
    [InlineData("a4", 2_984_536, 166_064)]
    [InlineData("a5", 3_263_064, 224_192)]
    public void Classifier_and_head_have_their_share(string name, long classifier, long head)
    {
        var architecture = ReleasedArchitectures.Get(name);
        var rows = CostModel.Rows(architecture, NetworkVariant.Base, classes: 600, architecture.Input);
        Assert.Equal(classifier, rows.Where(row => row.Part == "classifier").Sum(row => row.Parameters));
        Assert.Equal(head, rows.Where(row => row.Part == "head").Sum(row => row.Parameters));
    }

    [Fact]
    public void Classes_change_only_the_last_layer()
    {
        var a0 = ReleasedArchitectures.Get("a0");
        long ten = CostModel.Of(a0, NetworkVariant.Base, classes: 10).TrainableParameters;
        Assert.Equal(3_111_799 - 590 * (2048 + 1), ten);
    }
}
