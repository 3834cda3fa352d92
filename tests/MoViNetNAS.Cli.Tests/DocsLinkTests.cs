using MoViNetNAS.Cli.Tests.Docs;

namespace MoViNetNAS.Cli.Tests;

/// <summary>Links lead somewhere, types that pages name are where they say, and every page can be found.</summary>
public sealed class DocsLinkTests
{
    [Fact]
    public void Every_link_leads_to_a_file_a_heading_or_the_type_that_it_names()
    {
        DocsLink[] links = [.. DocsPages.All.SelectMany(DocsLink.Of)];
        Assert.True(links.Length > 100, $"only {links.Length} links were found");
        string[] mistakes = [.. links.Select(link => link.Mistake()).OfType<string>()];
        Assert.Empty(mistakes);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_found()
    {
        string page = Path.Combine(DocsPages.Folder, "concepts.md");
        string? Mistake(string label, string target) => new DocsLink("here", page, label, target).Mistake();
        Assert.Null(Mistake("reward", "#reward"));
        Assert.Contains("no heading #rewards", Mistake("reward", "#rewards"));
        Assert.Contains("there is no", Mistake("verbs", "verb.md"));
        Assert.Contains("leads to AbsoluteReward.cs", Mistake("`HardReward`", "../src/MoViNetNAS.Search/Rewards/AbsoluteReward.cs"));
        Assert.Contains("has no Sum", Mistake("`AbsoluteReward.Sum`", "../src/MoViNetNAS.Search/Rewards/AbsoluteReward.cs"));
    }

    [Fact]
    public void Every_concept_names_code()
    {
        string[] sections = File.ReadAllText(Path.Combine(DocsPages.Folder, "concepts.md")).Split("\n## ")[1..];
        Assert.True(sections.Length > 10);
        Assert.All(sections, section => Assert.Contains("(../src/", section));
    }

    [Fact]
    public void Every_page_is_reached_from_the_index_and_begins_with_what_it_is_for()
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([Path.Combine(DocsPages.Folder, "README.md")]);
        while (open.TryDequeue(out string? page))
        {
            if (!page.EndsWith(".md", StringComparison.Ordinal) || !reached.Add(page)) continue;
            foreach (var link in DocsLink.Of(page).Where(link => File.Exists(link.Path))) open.Enqueue(link.Path);
        }

        string[] pages = Directory.GetFiles(DocsPages.Folder, "*.md", SearchOption.AllDirectories);
        Assert.Empty(pages.Except(reached));
        foreach (string page in pages.Where(page => Path.GetDirectoryName(page) == DocsPages.Folder))
        {
            string[] lines = [.. File.ReadAllLines(page).Where(line => line.Length > 0)];
            Assert.StartsWith("# ", lines[0]);
            Assert.Matches(@"^[A-Z][^|#`]*", lines[1]);
        }
    }

    [Fact]
    public void The_version_that_is_cited_is_that_of_the_program()
    {
        string version = typeof(CommandLine).Assembly.GetName().Version!.ToString(3);
        Assert.Contains($"\nversion: {version}\n", File.ReadAllText(Path.Combine(Repository.Root, "CITATION.cff")));
        Assert.Contains($"version = {{{version}}}", File.ReadAllText(Path.Combine(DocsPages.Folder, "cite.md")));
    }
}
