namespace MoViNetNAS.Spaces.Tests;

/// <summary>Every mistake in a space file is named with file, line and path, and what was allowed.</summary>
public sealed class SpaceFileTests
{
    [Fact]
    public void A_file_with_comments_and_trailing_commas_is_read()
    {
        var space = SmallSpace.Space;
        Assert.Equal("small", space.Name);
        Assert.Equal(new InputShape(4, 16), space.Definition.Input);
        Assert.Equal([new KernelShape(5, 1)], space.Definition.Blocks[1].Choices.Kernels);
        Assert.Equal([1, 2, 3], space.Definition.Blocks[0].Choices.Expansions);
    }

    [Theory]
    [InlineData("\"stem\"", "\"stemm\"", "small.json(7): unknown key 'stemm'; did you mean 'stem'?")]
    [InlineData("\"kernels\": [\"5x1x1\"]", "\"kernals\": [\"5x1x1\"]", "small.json(11): unknown key 'blocks[1].kernals'; did you mean 'kernels'?")]
    [InlineData("\"frames\": 4", "\"frames\": 4, \"zebra\": 1", "small.json(5): unknown key 'input.zebra'. Allowed here: frames, resolution, frameStride.")]
    [InlineData("\"frames\": 4", "\"frames\": 4, \"frames\": 5", "small.json(5): the key 'input.frames' is there twice.")]
    [InlineData("\"frames\": 4", "\"frames\": \"four\"", "small.json(5): input.frames must be a whole number from 1 to 10000, not 'four'.")]
    [InlineData("\"frames\": 4", "\"frames\": 0", "small.json(5): input.frames must be a whole number from 1 to 10000, not 0.")]
    [InlineData("\"frames\": 4", "\"frames\": 4.5", "small.json(5): input.frames must be a whole number from 1 to 10000, not 4.5.")]
    [InlineData("\"frames\": 4", "\"frames\": 1e99", "small.json(5): input.frames must be a whole number from 1 to 10000, not 1e99.")]
    [InlineData("\"frames\": 4", "\"frames\": null", "small.json(5): input.frames must be a whole number from 1 to 10000, not null.")]
    [InlineData("\"format\": 1", "\"format\": 2", "small.json(3): format must be a whole number from 1 to 1, not 2.")]
    [InlineData("\"5x1x1\"", "\"5x1x2\"", "small.json(11): blocks[1].kernels[0] must be one of 1x3x3, 1x5x5, 1x7x7, 5x1x1, 7x1x1, 3x3x3, 5x3x3, not '5x1x2'; did you mean '5x1x1'?")]
    [InlineData("\"depth\": [2, 3]", "\"depth\": []", "small.json(11): blocks[1].depth must be a list of two numbers, fewest and most layers, not 0 elements.")]
    [InlineData("\"depth\": [2, 3]", "\"depth\": [3, 2]", "small.json(11): blocks[1].depth[1] must be a whole number from 3 to 100, not 2.")]
    [InlineData("\"depth\": [2, 3]", "\"depth\": 2", "small.json(11): blocks[1].depth must be a list, not 2.")]
    [InlineData("\"expansions\": [2]", "\"expansions\": []", "small.json(11): blocks[1].expansions must not be an empty list.")]
    [InlineData("\"expansions\": [2]", "\"expansions\": [2, 2]", "small.json(11): blocks[1].expansions names an option twice.")]
    [InlineData("\"expansions\": [2]", "\"expansions\": [-1]", "small.json(11): blocks[1].expansions[0] must be a number from 0.25 to 20, not -1.")]
    [InlineData("\"stride\": 1", "\"stride\": 3", "small.json(11): blocks[1].stride must be a whole number from 1 to 2, not 3.")]
    [InlineData("\"squeezeExcite\": [true, false] },\n  ]", "\"squeezeExcite\": [\"on\"] },\n  ]", "small.json(11): blocks[1].squeezeExcite[0] must be true or false, not 'on'.")]
    [InlineData("\"denseWidth\": 32", "\"denseWidth\": {}", "small.json(13): head.denseWidth must be a whole number from 1 to 100000, not an object.")]
    [InlineData("\"stride\": 1, ", "", "small.json(11): blocks[1] needs the key 'stride'.")]
    [InlineData("\"name\": \"small\",", "", "small.json(2): the file needs the key 'name'.")]
    [InlineData("\"name\": \"small\"", "\"name\": \"\"", "small.json(4): name must be a text, not ''.")]
    public void A_mistake_is_named_where_it_is(string old, string replacement, string message) =>
        Assert.StartsWith(message, Assert.Throws<InputException>(() => SmallSpace.With(old, replacement)).Message);

    [Fact]
    public void All_mistakes_are_reported_at_once()
    {
        string text = SmallSpace.Text
            .Replace("\"frames\": 4", "\"frames\": 0", StringComparison.Ordinal)
            .Replace("\"stem\"", "\"stm\"", StringComparison.Ordinal)
            .Replace("\"5x1x1\"", "\"9x9x9\"", StringComparison.Ordinal);
        string[] lines = Mistakes(text).Split(Environment.NewLine);
        Assert.Equal(4, lines.Length); // the misspelt key also leaves the right one missing
        Assert.Contains(lines, line => line.StartsWith("small.json(5): input.frames", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("small.json(7): unknown key 'stm'", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("small.json(11): blocks[1].kernels[0]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("small.json(2): the file needs the key 'stem'", StringComparison.Ordinal));
    }

    [Fact]
    public void Choices_must_be_stated_somewhere()
    {
        string text = SmallSpace.Text.Replace("\"layer\": {", "\"layer\": { \"kernels\": [\"1x3x3\"] }, \"x\": {", StringComparison.Ordinal);
        Assert.Contains("layer needs the key 'expansions'", Mistakes(text));
    }

    [Theory]
    [InlineData("", "small.json(1): not valid JSON")]
    [InlineData("{\n  \"format\": 1\n  \"name\": 2 }", "small.json(3): not valid JSON")]
    [InlineData("{} {}", "small.json(1): ")]
    [InlineData("[1]", "small.json(1): must be an object with the keys format")]
    [InlineData("{ \"name\": \"\\ud800\" }", "small.json(1): a text that is not valid Unicode.")]
    public void What_is_no_space_is_said_to_be_none(string text, string message) => Assert.StartsWith(message, Mistakes(text));

    [Fact]
    public void A_missing_file_is_answered_with_the_nearest_one()
    {
        string path = Path.Combine(Repository.Root, "searchspaces", "tinny.json");
        string message = Assert.Throws<InputException>(() => SpaceFile.Load(path)).Message;
        Assert.StartsWith($"there is no file {path}", message);
        Assert.EndsWith("did you mean 'tiny.json'?", message);
    }

    [Theory]
    [InlineData("", ".")]
    [InlineData("no\0name", ".")]
    [InlineData("nowhere/x.json", "; the folder does not exist either.")]
    public void A_path_that_is_none_has_no_neighbours(string path, string end) => Assert.Equal(end, NearestName.FileEnd(path));

    [Theory]
    [InlineData("")]
    [InlineData("no\0name")]
    [InlineData("/")]
    public void A_path_that_is_none_is_the_users_mistake(string path) => Assert.Throws<InputException>(() => SpaceFile.Load(path));

    private static string Mistakes(string text) => Assert.Throws<InputException>(() => SpaceFile.Parse("small.json", text)).Message;
}
