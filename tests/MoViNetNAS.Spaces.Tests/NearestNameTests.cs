namespace MoViNetNAS.Spaces.Tests;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("kernals", "kernels")]
    [InlineData("KERNELS", "kernels")]
    [InlineData("widthMultiplier", "widthMultipliers")]
    [InlineData("stm", "stem")]
    public void A_slip_finds_the_name_meant(string typed, string meant) =>
        Assert.Equal(meant, NearestName.Of(typed, ["format", "stem", "kernels", "widthMultipliers"]));

    [Theory]
    [InlineData("zebra")]
    [InlineData("xy")]
    public void Something_else_finds_nothing(string typed) => Assert.Null(NearestName.Of(typed, ["a0", "a1", "blocks"]));

    [Fact]
    public void The_nearest_wins() => Assert.Equal("a12", NearestName.Of("a13x", ["a0", "a1", "a12"]));

    [Fact]
    public void A_hint_is_a_question_or_nothing()
    {
        Assert.Equal("; did you mean 'stem'?", NearestName.Hint("stemm", ["stem"]));
        Assert.Equal("", NearestName.Hint("zebra", ["stem"]));
    }

    [Fact]
    public void An_unknown_model_is_answered_with_the_models_and_the_nearest()
    {
        string message = Assert.Throws<InputException>(() => ReleasedArchitectures.Get("a9")).Message;
        Assert.Contains("'a9'", message);
        Assert.Contains("a0, a1, a2, a3, a4, a5, t0", message);
        Assert.Contains("did you mean 'a0'?", message);
    }
}
