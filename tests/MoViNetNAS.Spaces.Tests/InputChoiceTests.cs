using System.Numerics;
using FsCheck.Xunit;

namespace MoViNetNAS.Spaces.Tests;

public sealed class InputChoiceTests
{
    private const string Fixed = "\"input\": { \"frames\": 4, \"resolution\": 16 }";
    private const string Chosen = "\"input\": { \"frames\": [2, 4], \"resolution\": [16, 24], \"frameStride\": [2, 6] }";
    private static readonly SearchSpace Space = SmallSpace.With(Fixed, Chosen);

    [Fact]
    public void Frames_resolution_and_stride_are_decisions_where_there_are_several()
    {
        Assert.Equal(["input/frames", "input/resolution", "input/stride"], Space.Decisions.Where(decision => decision.Tag == DecisionTag.Input).Select(decision => decision.Path));
        Assert.Equal(new InputShape(10, 24, 2), Space.Definition.Input); // the longest: frames 0, 6, 12, 18 of the source, every second read
        Assert.Equal(8 * SmallSpace.Space.ArchitectureCount, Space.ArchitectureCount);
        int[] choices = new int[Space.Decisions.Length];
        (choices[0], choices[1], choices[2]) = (1, 0, 1);
        Assert.Equal(new InputShape(4, 16, 6), Space.Resolve(Space.Genotype(choices)).Input);
        Assert.Equal(new InputShape(4, 24, 6), Space.Largest().Input);
        var only = SmallSpace.With(Fixed, "\"input\": { \"frames\": 4, \"resolution\": [16, 24] }");
        Assert.Equal("input/resolution", Assert.Single(only.Decisions, decision => decision.Tag == DecisionTag.Input).Path);
        Assert.Equal(new InputShape(4, 24), only.Definition.Input);
    }

    [Property]
    public void Every_chosen_input_lies_within_the_clip_that_is_read(ulong seed)
    {
        var genotype = Space.Sample(new RandomStream(seed));
        Assert.Equal(genotype, Space.Parse(genotype.ToString()));
        var (input, read) = (Space.Resolve(genotype).Input, Space.Definition.Input);
        Assert.True(input.Resolution <= read.Resolution);
        Assert.Equal(0, input.FrameStride % read.FrameStride);
        Assert.True((input.Frames - 1) * input.FrameStride <= (read.Frames - 1) * read.FrameStride);
    }

    [Theory]
    [InlineData("tiny", "342dc243780db5dcb7b1b7252eba0c39dfd92eba046b409a946e2ea4fe38da5a")]
    [InlineData("a2", "c490edff6d5d71411a348a7229c70c0cc30a653cbcf21ef873b412143ab739b7")]
    [InlineData("small", "3496b7eba2dedcc55a142685b5bcada05dd1639fafcc793806a1ef2f7055507d")]
    [InlineData("words", "befd15e406a92fa2fb5f1f8f43e94cfdcefda472167d7e5c61ecdc60e4e3bf72")]
    public void Spaces_of_one_input_keep_the_hash_that_stored_genotypes_were_made_under(string name, string hash) =>
        Assert.Equal(hash, SpaceFile.Load(Repository.Space(name)).Hash); // as versions before the choice of inputs computed it

    [Fact]
    public void A_list_of_one_is_the_number_itself()
    {
        var listed = SmallSpace.With(Fixed, "\"input\": { \"frames\": [4], \"resolution\": [16], \"frameStride\": [1] }");
        Assert.Null(listed.Definition.InputChoices);
        Assert.Equal(SmallSpace.Space.Hash, listed.Hash);
    }

    [Fact]
    public void Other_choices_give_another_hash_though_the_clip_that_is_read_is_the_same()
    {
        string[] inputs =
        [
            Chosen, Chosen.Replace("[2, 4]", "[4, 2]"), Chosen.Replace("[2, 4]", "[3, 4]"), Chosen.Replace("[16, 24]", "[20, 24]"), Chosen.Replace("[16, 24]", "24"),
        ];
        Assert.Equal(inputs.Length, inputs.Select(input => SmallSpace.With(Fixed, input).Hash).Distinct().Count());
        Assert.Single(inputs.Select(input => SmallSpace.With(Fixed, input).Definition.Input).Distinct());
    }

    [Theory]
    [InlineData("[2, 6]", "[2, 3]", "3 is none")]
    [InlineData("[2, 6]", "[]", "empty")]
    [InlineData("[2, 4]", "[4, 4]", "twice")]
    [InlineData("[2, 4]", "[2, 0]", "from 1 to 10000")]
    [InlineData("[2, 4]", "[2, 9000]", "span")]
    [InlineData("[16, 24]", "\"big\"", "'big'")]
    public void A_choice_that_cannot_be_is_refused(string part, string instead, string expected)
    {
        var mistake = Assert.Throws<InputException>(() => SmallSpace.With(Fixed, Chosen.Replace(part, instead)));
        Assert.Contains("input.", mistake.Message);
        Assert.Contains(expected, mistake.Message);
    }

    [Fact]
    public void It_is_written_as_it_was_read_and_scaled_by_nobody()
    {
        string text = SpaceText.Of(Space.Definition);
        Assert.Contains("\"frames\": [2, 4], \"resolution\": [16, 24], \"frameStride\": [2, 6]", text);
        Assert.Equal(Space.Hash, SpaceFile.Parse("again.json", text).Hash);
        Assert.Throws<ArgumentException>(() => SpaceScaler.Scale(Space.Definition, new ScalingCoefficients(1, 1, 1, 1), 1));
    }

    [Fact]
    public void The_expected_cost_of_a_frame_is_the_mean_over_the_resolutions()
    {
        double Mean(string input) => ExpectedCost.MacsPerFrame(SmallSpace.With(Fixed, input), NetworkVariant.Causal, 10);
        double at16 = Mean(Chosen.Replace("[16, 24]", "16")), at24 = Mean(Chosen.Replace("[16, 24]", "24"));
        Assert.True(at24 > 2 * at16);
        Assert.Equal((at16 + at24) / 2, Mean(Chosen), 1e-6 * at24);
    }

    [Fact]
    public void Networks_fit_by_any_of_the_inputs()
    {
        var rows = SpaceFit.Of(Space, Space.Largest() with { Input = new InputShape(3, 32, 6) }).ToDictionary(row => row.Path);
        Assert.Equal((FitType.Between, FitType.Outside, FitType.Option), (rows["input/frames"].Fit, rows["input/resolution"].Fit, rows["input/stride"].Fit));
        Assert.Equal(BigInteger.Parse("8"), Space.ArchitectureCount / SmallSpace.Space.ArchitectureCount);
    }
}
