using System.IO.Compression;
using System.Text.Json;
using MoViNetNAS.Search;
using MoViNetNAS.Store;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class RunArchiveTests(FinishedRun finished) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-archive-");

    private string this[string name] => Path.Combine(_folder.FullName, name);

    private string Elsewhere => this[Path.Combine("elsewhere", "movinet.db")];

    [Fact]
    public void What_is_exported_and_imported_elsewhere_is_the_same_run()
    {
        string file = Export();
        var imported = Movinet.Done("runs", "import", file, "--db", Elsewhere, "--json").Json;
        var trials = finished.Experiment.Trials(FinishedRun.Name);
        Assert.Equal((FinishedRun.Name, trials.Count), (imported.GetProperty("run").GetString(), imported.GetProperty("trials").GetInt32()));
        using (var store = RunStore.OpenReadOnly(Elsewhere))
        {
            Assert.Equal(finished.Experiment.Run(FinishedRun.Name), store.Run(FinishedRun.Name));
            Assert.Equal(trials, store.Trials(FinishedRun.Name));
        }

        string folder = this[Path.Combine("elsewhere", FinishedRun.Name)];
        foreach (string name in new[] { "config.json", "space.json", "machine.json", "front.csv", "controller.csv", "pareto.png", "curves.svg", "README.md" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(finished.Folder, name)), File.ReadAllBytes(Path.Combine(folder, name)));
        string best = File.ReadAllText(Path.Combine(folder, "best.json"));
        Assert.Equal(File.ReadAllText(Path.Combine(finished.Folder, "best.json")).Replace(finished.Folder, folder, StringComparison.Ordinal), best);
        Assert.False(File.Exists(Path.Combine(folder, "checkpoint.safetensors")));
        Assert.Empty(Directory.GetFiles(folder, ".*"));
        Assert.Contains("\"imported\"", File.ReadAllLines(Path.Combine(folder, "log.jsonl"))[^1]);

        Assert.Contains(FinishedRun.Name, Movinet.Done("runs", "--db", Elsewhere).Output);
        Assert.Equal(
            Movinet.Done("pareto", "--run", FinishedRun.Name, "--db", finished.Experiment.Database, "--out", this["a"], "--json").Output,
            Movinet.Done("pareto", "--run", FinishedRun.Name, "--db", Elsewhere, "--out", this["b"], "--json").Output);
        var rerun = Movinet.Done("rerun", FinishedRun.Name, "--db", Elsewhere, "--json").Json;
        Assert.True(rerun.GetProperty("isSame").GetBoolean());
        Assert.Equal("same", rerun.GetProperty("weights").GetString());

        // Exported again from there, only what the import changed differs.
        using var first = ZipFile.OpenRead(file);
        using var second = ZipFile.OpenRead(Export(Elsewhere, "second.zip"));
        Assert.Equal(first.Entries.Select(entry => entry.FullName), second.Entries.Select(entry => entry.FullName));
        Assert.Equal(
            ["best.json", "log.jsonl", "manifest.json"],
            first.Entries.Zip(second.Entries).Where(pair => Text(pair.First) != Text(pair.Second)).Select(pair => pair.First.FullName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_run_gives_the_same_bytes_and_weights_go_along_when_asked()
    {
        Assert.Equal(File.ReadAllBytes(Export()), File.ReadAllBytes(Export(finished.Experiment.Database, "again.zip")));
        Movinet.Done("runs", "export", FinishedRun.Name, "--db", finished.Experiment.Database, "--out", this["weights.zip"], "--weights");
        Movinet.Done("runs", "import", this["weights.zip"], "--db", Elsewhere);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(finished.Folder, "checkpoint.safetensors")),
            File.ReadAllBytes(this[Path.Combine("elsewhere", FinishedRun.Name, "checkpoint.safetensors")]));
    }

    [Fact]
    public void A_file_is_repeated_without_being_imported()
    {
        var result = Movinet.Done("rerun", Export(), "--db", Elsewhere, "--json").Json;
        Assert.True(result.GetProperty("isSame").GetBoolean());
        using var store = RunStore.OpenReadOnly(Elsewhere);
        Assert.Equal("mini-1-rerun-1", Assert.Single(store.Runs()).Name);
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_with_a_free_one_and_another_name_goes_through_all_files()
    {
        using var copy = finished.Experiment.Copy();
        string file = Export();
        Assert.Contains("--name mini-1-1", Movinet.Refused("runs", "import", file, "--db", copy.Database));
        Assert.Contains("--name names a folder", Movinet.Refused("runs", "import", file, "--db", copy.Database, "--name", "a/b"));
        Assert.Contains("already", Movinet.Refused("runs", "import", file, "--db", copy.Database, "--name", FinishedRun.ModelName));
        Movinet.Done("runs", "import", file, "--db", copy.Database, "--name", "guest");
        Assert.Equal(copy.Trials(FinishedRun.Name).Select(trial => trial with { Run = "guest" }), copy.Trials("guest"));
        Assert.Equal(copy.Run(FinishedRun.Name) with { Name = "guest" }, copy.Run("guest"));
        string folder = Path.Combine(copy.Results, "guest");
        var best = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "best.json"))).RootElement;
        Assert.Equal(("guest", folder), (best.GetProperty("run").GetString(), best.GetProperty("folder").GetString()));
        Assert.Contains(",guest,", File.ReadAllText(Path.Combine(folder, "front.csv")));
        Assert.StartsWith("# guest", File.ReadAllText(Path.Combine(folder, "README.md")));
        Assert.Contains("guest: tunas over mini", File.ReadAllText(Path.Combine(folder, "pareto.svg")));
    }

    [Fact]
    public void A_run_whose_files_are_gone_is_exported_from_the_store()
    {
        using var copy = finished.Experiment.Copy();
        Directory.Delete(Path.Combine(copy.Results, FinishedRun.Name), recursive: true);
        var run = Movinet.Done("runs", "export", FinishedRun.Name, "--db", copy.Database, "--out", this["store.zip"], "--json");
        Assert.Contains("without tables and pictures", run.Error);
        Assert.Contains("--weights", Movinet.Refused("runs", "export", FinishedRun.Name, "--db", copy.Database, "--out", this["w.zip"], "--weights"));
        Movinet.Done("runs", "import", this["store.zip"], "--db", Elsewhere);
        foreach (string name in new[] { "config.json", "space.json", "machine.json" })
            Assert.Equal(File.ReadAllText(Path.Combine(finished.Folder, name)), File.ReadAllText(this[Path.Combine("elsewhere", FinishedRun.Name, name)]));
    }

    [Fact]
    public void A_damaged_file_is_refused_and_leaves_nothing()
    {
        string file = Export();
        Refused(this["none.zip"], "there is no file");
        File.WriteAllText(this["text.zip"], "no zip");
        Refused(this["text.zip"], "damaged or no exported run");
        File.WriteAllBytes(this["cut.zip"], File.ReadAllBytes(file)[..^200]);
        Refused(this["cut.zip"], "damaged");
        Refused(Changed("trials.jsonl", text => text.Replace("\"quality\":0.", "\"quality\":0.0", StringComparison.Ordinal)), "'trials.jsonl' does not have");
        Refused(Changed("front.csv", text => text.Replace('1', '2')), "'front.csv' does not have the hash");
        Refused(Changed("space.json", _ => null), "its files are");
        Refused(Changed("manifest.json", _ => null), "has no manifest.json");
        Refused(Changed("manifest.json", text => text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal)), "newer version (format 2");
        Refused(Changed("manifest.json", text => text.Replace("\"run\": \"mini-1\"", "\"run\": \"mini-7\"", StringComparison.Ordinal)), "'mini-7'");
        Refused(Changed("manifest.json", _ => "{"), "damaged");
        Refused(Changed("manifest.json", text => text.Replace("\"name\": \"README.md\"", "\"name\": \"../README.md\"", StringComparison.Ordinal)), "its files are");
        Refused(Added("../escape.txt"), "its files are");
        Refused(Added("README.md", manifest => manifest["files"]!.AsArray().Add(manifest["files"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == "README.md")!.DeepClone())), "its files are");

        // Hashes made right again: what they cannot show, the contents do.
        Refused(Forged("trials.jsonl", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]), "fingerprint");
        Refused(Forged("trials.jsonl", text => text + text.Split('\n')[0] + "\n"), "twice");
        Refused(Forged("trials.jsonl", text => text.Replace("\"genotype\":\"", "\"genotype\":\"9:", StringComparison.Ordinal)), "genotype");
        Refused(Forged("run.json", text => text.Replace("\"spaceHash\": \"", "\"spaceHash\": \"0", StringComparison.Ordinal)), "its space has the hash");
        Refused(Forged("run.json", text => text.Replace("\"name\": \"mini-1\"", "\"name\": \"mini-2\"", StringComparison.Ordinal)), "'mini-2'");
        Refused(Forged("run.json", text => text.Replace("\"status\": \"completed\"", "\"status\": \"running\"", StringComparison.Ordinal)), "has not ended");
        Refused(Forged("run.json", text => text.Replace("\"seed\"", "\"speed\"", StringComparison.Ordinal)), "damaged");
        Refused(Forged("best.json", _ => "{"), "best.json is damaged", makesStore: true);
        Movinet.Done("runs", "import", file, "--db", Elsewhere); // after all of that

        string Changed(string name, Func<string, string?> change) => Rewritten(file, (entry, text) => entry == name ? change(text) : text);
        string Added(string name, Action<System.Text.Json.Nodes.JsonNode>? state = null)
        {
            string path = this["added.zip"];
            string stated = state is null ? file : Changed("manifest.json", text =>
            {
                var manifest = System.Text.Json.Nodes.JsonNode.Parse(text)!;
                state(manifest);
                return manifest.ToJsonString();
            });
            File.Copy(stated, path, overwrite: true);
            using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
            using var stream = zip.CreateEntry(name).Open();
            return path;
        }

        string Forged(string name, Func<string, string> change)
        {
            string? instead = null;
            Rewritten(file, (entry, text) => entry == name ? instead = change(text) : text);
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(instead!);
            return Rewritten(file, (entry, text) =>
            {
                if (entry == name) return instead;
                if (entry != "manifest.json") return text;
                var manifest = System.Text.Json.Nodes.JsonNode.Parse(text)!;
                var stated = manifest["files"]!.AsArray().Single(one => one!["name"]!.GetValue<string>() == name)!;
                stated["bytes"] = bytes.Length;
                stated["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
                return manifest.ToJsonString();
            });
        }

        void Refused(string path, string why, bool makesStore = false)
        {
            Assert.Contains(why, Movinet.Refused("runs", "import", path, "--db", Elsewhere));
            Assert.False(Directory.Exists(this[Path.Combine("elsewhere", FinishedRun.Name)]));
            Assert.False(File.Exists(this["escape.txt"]));
            if (!makesStore)
            {
                Assert.False(File.Exists(Elsewhere));
                return;
            }

            using var store = RunStore.OpenReadOnly(Elsewhere);
            Assert.Empty(store.Runs());
        }
    }

    [Fact]
    public void A_half_import_of_a_killed_process_is_cleared_away_and_a_strange_folder_is_not()
    {
        string file = Export(), folder = this[Path.Combine("elsewhere", FinishedRun.Name)];
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "mine.txt"), "mine");
        Assert.Contains("already", Movinet.Refused("runs", "import", file, "--db", Elsewhere));
        Assert.True(File.Exists(Path.Combine(folder, "mine.txt")));
        File.WriteAllText(Path.Combine(folder, ".importing"), "");
        Movinet.Done("runs", "import", file, "--db", Elsewhere);
        Assert.False(File.Exists(Path.Combine(folder, "mine.txt")));
        Assert.True(File.Exists(Path.Combine(folder, "front.csv")));
    }

    [Fact]
    public void A_run_that_has_not_ended_or_is_not_there_is_not_exported()
    {
        using var copy = finished.Experiment.Copy();
        Assert.Contains("did you mean 'mini-1'", Movinet.Refused("runs", "export", "mini-11", "--db", copy.Database));
        Assert.Contains("is a folder", Movinet.Refused("runs", "export", FinishedRun.Name, "--db", copy.Database, "--out", _folder.FullName));
        copy.Unfinish(FinishedRun.Name);
        Assert.Contains("has not ended", Movinet.Refused("runs", "export", FinishedRun.Name, "--db", copy.Database, "--out", this["x.zip"]));
        Assert.False(File.Exists(this["x.zip"]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Export(string? database = null, string name = "run.zip")
    {
        Movinet.Done("runs", "export", FinishedRun.Name, "--db", database ?? finished.Experiment.Database, "--out", this[name]);
        return this[name];
    }

    private string Rewritten(string file, Func<string, string, string?> change)
    {
        string path = this["changed.zip"];
        File.Delete(path);
        using var source = ZipFile.OpenRead(file);
        using var target = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var entry in source.Entries)
        {
            using var from = entry.Open();
            using var bytes = new MemoryStream();
            from.CopyTo(bytes);
            bool isText = Path.GetExtension(entry.FullName) is not (".png" or ".pdf");
            byte[]? kept = !isText ? bytes.ToArray() : change(entry.FullName, System.Text.Encoding.UTF8.GetString(bytes.ToArray())) is { } text ? System.Text.Encoding.UTF8.GetBytes(text) : null;
            if (kept is null) continue;
            using var to = target.CreateEntry(entry.FullName).Open();
            to.Write(kept);
        }

        return path;
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
