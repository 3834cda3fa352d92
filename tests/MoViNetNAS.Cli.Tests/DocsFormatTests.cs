using System.Text.Json;
using MoViNetNAS.Cli.Compare;
using MoViNetNAS.Cli.Runs;
using MoViNetNAS.Cli.Studies;
using MoViNetNAS.Cli.Sweeps;
using MoViNetNAS.Cli.Tabular;
using MoViNetNAS.Cli.Tests.Docs;
using MoViNetNAS.Cli.Trust;
using MoViNetNAS.Data;
using MoViNetNAS.Reporting;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;
using MoViNetNAS.Training;
using Xunit.Sdk;

namespace MoViNetNAS.Cli.Tests;

/// <summary>The examples of docs/formats.md are read by the program, and no file that a run leaves is missing there.</summary>
[Collection(RunCollection.Name)]
public sealed class DocsFormatTests(FinishedRun finished)
{
    private static readonly string Page = Path.Combine(DocsPages.Folder, "formats.md");

    // Each reads a block and says something of it that must be so; files that name others are read where those are.
    private static readonly Dictionary<string, Action<string>> Readers = new()
    {
        ["json space"] = text => Assert.Equal("example", SpaceFile.Parse("example", text).Name),
        ["json experiment"] = text => Assert.NotEmpty(InExperiments(text, path => Experiment.Load(path)).Name),
        ["json variant"] = text => Assert.StartsWith("stream, ", ConfigDocument.Bind("example", text, VariantFile.Read).Name),
        ["json study"] = text => Assert.Equal(3, InExperiments(text, Study.Load).Rows.Count),
        ["json sweep"] = text => Assert.Equal(2, InExperiments(text, Sweep.Load).Spaces.Count),
        ["json comparison"] = text => Assert.Equal(2, InExperiments(text, path => Comparison.Load(path, [])).Methods.Length),
        ["json trust-study"] = text => Assert.Equal(2, InExperiments(text, TrustStudy.Load).Rows.Length),
        ["json tabular"] = text => Assert.Equal(4, InExperiments(text, TabularSection.Load).Epochs.Length),
        ["csv tabular-row"] = text => Assert.NotNull(TabularRow.Parse(text.TrimEnd(), 2)),
        ["json machine"] = text => Assert.Equal(2, InFile(text, RunMachine.Load).Threads),
        ["json log"] = text => Assert.Equal(120, InFile(text, RunTime.Of)!.Seconds),
        ["csv controller"] = text => Assert.Single(ControllerCsv.Read(new StringReader(text), "example")),
        ["csv training"] = text => Assert.Single(InFile(text, path => TrainingCsv.Read(path, 1))),
        ["csv alternatives"] = text => Assert.Equal(2, AlternativesCsv.Read(text.TrimEnd().Split('\n'), "example").Count),
        ["json model"] = text => Assert.Equal(2, ConfigDocument.Bind("example", text, ModelCard.Read).Classes.Count),
        ["json design"] = text => Assert.Equal("x3d-s", ConfigDocument.Bind("example", text, DesignFile.Read).Name),
        ["json manifest"] = text => Assert.Equal(RunArchive.Format, JsonSerializer.Deserialize<RunArchiveManifest>(text, RunArchive.Json)!.Format),
        ["json trial"] = text => Assert.Equal(TrialPhase.Search, JsonSerializer.Deserialize<Trial>(text, RunArchive.Json)!.Phase),
        ["json latency"] = text => Assert.Single(LatencyFile.Parse("example", text).Entries),
        ["csv manifest"] = text => Assert.Equal(4, InFile(text, path => new ManifestLayout().List(Path.GetDirectoryName(path)!), "manifest.csv").Videos.Count),
    };

    [Fact]
    public void Every_example_is_read_and_every_reader_has_one()
    {
        DocsBlock[] blocks = [.. DocsBlock.Of(Page)];
        Assert.Equal(Readers.Keys.Order(StringComparer.Ordinal), blocks.Select(block => block.Language).Distinct().Order(StringComparer.Ordinal));
        foreach (var block in blocks)
        {
            try
            {
                Readers[block.Language](block.Text);
            }
            catch (Exception e)
            {
                throw new XunitException($"{block.Place}: {e.Message}");
            }
        }
    }

    [Fact]
    public void The_parts_of_experiments_that_the_page_on_data_sets_shows_are_read()
    {
        DocsBlock[] parts = [.. DocsBlock.Of(Path.Combine(DocsPages.Folder, "datasets.md")).Where(block => block.Language == "json")];
        Assert.True(parts.Length >= 3);
        foreach (var part in parts)
        {
            string data = part.Text.StartsWith("\"augment\"", StringComparison.Ordinal) ? $"{{ \"kind\": \"video-folder\", {part.Text} }}" : part.Text[part.Text.IndexOf('{')..];
            try
            {
                ConfigDocument.Bind(part.Place, data, DataSettings.Read);
            }
            catch (InputException e)
            {
                throw new XunitException(e.Message);
            }
        }
    }

    [Fact]
    public void Every_file_that_a_search_a_training_and_an_export_leave_is_described()
    {
        string page = File.ReadAllText(Page);
        string[] left =
        [
            .. Directory.GetFiles(finished.Folder).Concat(Directory.GetFiles(finished.Checkpoint)).Select(path => Path.GetFileName(path)),
            .. RunFolder.ExportedFiles, RunArchive.ManifestFile, RunArchive.RecordFile, RunArchive.TrialsFile,
        ];
        string[] missing = [.. left.Distinct().Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal))];
        Assert.Empty(missing);
    }

    [Fact]
    public void The_columns_that_are_told_are_those_of_a_run()
    {
        string page = File.ReadAllText(Page);
        string Header(string path) => File.ReadLines(path).First();
        Assert.Contains($"`{string.Join(',', Header(Path.Combine(finished.Folder, "controller.csv")).Split(',').TakeWhile(column => !column.Contains(':')))}`", page);
        Assert.Contains($"`{Header(Path.Combine(finished.Checkpoint, "curve.csv"))}`", page);
        Assert.Contains(Header(Path.Combine(finished.Folder, "alternatives.csv")), page);
    }

    private static T InFile<T>(string text, Func<string, T> read, string name = "example.json") =>
        InFolder(Directory.CreateTempSubdirectory("movinet-docs-format-"), name, text, read);

    // As a file of experiments/, whose neighbours are there.
    private static T InExperiments<T>(string text, Func<string, T> read)
    {
        var folder = Directory.CreateTempSubdirectory("movinet-docs-format-");
        foreach (string part in new[] { "experiments", "searchspaces", "results/published" })
        {
            string target = Directory.CreateDirectory(Path.Combine(folder.FullName, part)).FullName;
            foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, part))) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        return InFolder(folder, "experiments/example.json", text, read);
    }

    private static T InFolder<T>(DirectoryInfo folder, string name, string text, Func<string, T> read)
    {
        try
        {
            string path = Path.Combine(folder.FullName, name);
            File.WriteAllText(path, text);
            return read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
