namespace MoViNetNAS.Spaces.Tests;

/// <summary>"--set path=value" changes a configuration before it is read, with the same strictness.</summary>
public sealed class OverrideTests
{
    private const string Text = """{ "search": { "steps": 100, "rates": [1, 2] }, "name": "one" }""";

    [Fact]
    public void Values_are_replaced_added_and_reached_in_lists() =>
        Assert.Equal(
            "200 1,3.5 two 7",
            Bind("search.steps=200", "search.rates[1]=3.5", "name=two", "extra.deep=7"));

    [Fact]
    public void A_whole_list_can_be_given() => Assert.Equal("100 4,5,6 one 0", Bind("search.rates=[4, 5, 6]"));

    [Fact]
    public void Without_overrides_the_file_speaks() => Assert.Equal("100 1,2 one 0", Bind());

    [Fact]
    public void The_last_one_wins() => Assert.Equal("3 1,2 one 0", Bind("search.steps=2", "search.steps=3"));

    [Theory]
    [InlineData("search.steps", "--set search.steps: write it as path=value")]
    [InlineData("=3", "--set =3: write it as path=value")]
    [InlineData("search.step=3", "--set: unknown key 'search.step'; did you mean 'steps'?")]
    [InlineData("search.steps=many", "--set: search.steps must be a whole number from 1 to 1000, not 'many'.")]
    [InlineData("search.steps.x=3", "--set search.steps.x=3: search.steps is 100 and has no 'x'.")]
    [InlineData("search.rates[2]=3", "--set search.rates[2]=3: search.rates has 2 elements, counted from [0]; there is no [2].")]
    public void A_wrong_override_is_named_as_such(string assignment, string message) =>
        Assert.StartsWith(message, Assert.Throws<InputException>(() => Bind(assignment)).Message);

    private static string Bind(params string[] overrides) => ConfigDocument.Bind("run.json", Text, Read, overrides);

    private static string Read(ConfigNode node)
    {
        var file = node.Object("search", "name", "extra");
        return file.Required("search", ReadSearch, "") + " " + file.Required("name", n => n.Text(), "") + " "
            + file.Optional("extra", n => n.Object("deep").Required("deep", d => d.Int(0, 9), 0), 0);
    }

    private static string ReadSearch(ConfigNode node)
    {
        var search = node.Object("steps", "rates");
        return search.Required("steps", n => n.Int(1, 1000), 1) + " "
            + search.Required("rates", n => string.Join(',', n.Array().Select(e => e.Number(0, 10))), "");
    }
}
