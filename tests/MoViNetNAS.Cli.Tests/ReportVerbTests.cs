using System.Text.RegularExpressions;
using MoViNetNAS.Search;
using MoViNetNAS.Store;
using MoViNetNAS.Training;

namespace MoViNetNAS.Cli.Tests;

[Collection(RunCollection.Name)]
public sealed class ReportVerbTests(FinishedRun finished) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movinet-report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_report_holds_result_warnings_figures_tables_configuration_lineage_and_environment()
    {
        string html = File.ReadAllText(Report(finished.Experiment));
        var record = finished.Experiment.Run(FinishedRun.Name);
        foreach (string part in new[]
        {
            record.SpaceHash, record.SplitHash, record.Fingerprints!.Weights, record.MostProbableFeasible!, FinishedRun.ModelName, "id=\"figure-front\"", "id=\"figure-curves-mini-1\"",
            "controllerLearningRate", "was trained from one seed", "is of one seed (1)", "Lindauer", "movinet pareto --run mini-1",
        })
            Assert.Contains(part, html);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(record.Machine), html);
    }

    [Fact]
    public void The_same_runs_give_the_same_report_beside_the_run()
    {
        string path = Movinet.Done("report", FinishedRun.Name, "--db", finished.Experiment.Database).Output.Trim();
        Assert.Equal(Path.Combine(finished.Folder, "report.html"), path);
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(Report(finished.Experiment)));
        File.Delete(path);
    }

    [Fact]
    public void A_report_asks_for_nothing_outside_itself_and_its_names_are_unique()
    {
        string html = File.ReadAllText(Report(finished.Experiment));
        string[] addresses = [.. Regex.Matches(html, "(?:src|href|action|data|srcset|content)=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, address => address.Contains("//", StringComparison.Ordinal));
        Assert.DoesNotContain("@import", html);
        Assert.All(Regex.Matches(html, "url\\(([^)]*)\\)"), match => Assert.StartsWith("#", match.Groups[1].Value));
        string[] ids = [.. Regex.Matches(html, "\\sid=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Regex.Matches(html, "(?:url\\(|href=\")#([^\")]*)"), match => Assert.Contains(match.Groups[1].Value, ids));
    }

    [Fact]
    public void Several_runs_are_compared_by_seed_and_their_differences_are_warned_of()
    {
        using var copy = finished.Experiment.Copy();
        AddRun(copy, "mini-2", record => record with { Seed = 2, Configuration = record.Configuration.Replace("\"seed\": 1,\n  \"space\"", "\"seed\": 2,\n  \"space\"", StringComparison.Ordinal), Machine = "cpu, 7 threads, elsewhere" });
        string html = File.ReadAllText(Report(copy, FinishedRun.Name, "mini-2"));
        Assert.Contains("different machines", html);
        Assert.Contains("id=\"table-runs\"", html);
        Assert.DoesNotContain("is of one seed", html);
        Assert.Contains("The folder of run <code>mini-2</code> is gone", html);
        Assert.Contains("id=\"table-seeds\"", html);
    }

    [Fact]
    public void An_evaluation_that_was_kept_is_shown_and_one_of_another_network_is_not()
    {
        using var copy = finished.Experiment.Copy();
        string model = Path.Combine(copy.Results, FinishedRun.ModelName), kept = Path.Combine(model, "evaluation");
        string before = File.ReadAllText(Report(copy));
        Assert.Contains("No evaluation of them was kept", before);
        Assert.DoesNotContain("figure-frames", before);
        Movinet.Done("eval", "--checkpoint", model, "--frame-by-frame", "--output", kept, "--threads", "1");
        string html = File.ReadAllText(Report(copy));
        Assert.DoesNotContain("No evaluation of them was kept", html);
        Assert.Contains("id=\"figure-frames\"", html);
        Assert.Contains($"id=\"figure-confusion-{FinishedRun.ModelName}\"", html);
        Assert.Contains($"movinet figure confusion {kept}", html);
        Assert.Contains("Frames seen", html);
        Movinet.Done("eval", "--checkpoint", model, "--output", kept, "--threads", "1");
        Assert.DoesNotContain("id=\"figure-frames\"", File.ReadAllText(Report(copy))); // those were of the evaluation before
        string result = Path.Combine(kept, "evaluation.json");
        File.WriteAllText(result, File.ReadAllText(result).Replace($"\"{FinishedRun.ModelName}\"", "\"another\"", StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllText(Report(copy)));
        File.WriteAllText(result, "[]");
        Assert.Equal(before, File.ReadAllText(Report(copy)));
    }

    [Fact]
    public void An_evaluation_is_of_the_weights_it_was_measured_on_or_left_out_with_both_named()
    {
        using var copy = finished.Experiment.Copy();
        string model = Path.Combine(copy.Results, FinishedRun.ModelName), kept = Path.Combine(model, "evaluation"), result = Path.Combine(kept, "evaluation.json");
        var said = Movinet.Done("eval", "--checkpoint", model, "--output", kept, "--threads", "1", "--json").Json;
        string weights = said.GetProperty("weightsHash").GetString()!, data = said.GetProperty("splitHash").GetString()!;
        Assert.Equal(ModelCheckpoint.WeightsHash(model), weights);
        Assert.Equal(copy.Run(FinishedRun.Name).SplitHash, data);
        string html = File.ReadAllText(Report(copy));
        Assert.Contains("id=\"table-evaluations\"", html);
        Assert.Contains(weights[..12], html);
        Assert.DoesNotContain("The evaluation of network", html);

        string whole = File.ReadAllText(result);
        File.WriteAllText(result, whole.Replace(data, new string('d', 64), StringComparison.Ordinal));
        Assert.Contains($"was measured on data <code>dddddddddddd</code>, which are not those that it was trained with (<code>{data[..12]}</code>)", File.ReadAllText(Report(copy)));
        File.WriteAllText(result, string.Join('\n', whole.Split('\n').Where(line => !line.Contains("Hash\":", StringComparison.Ordinal))));
        html = File.ReadAllText(Report(copy)); // as files were before they carried hashes
        Assert.Contains("carries no hash of weights or data", html);
        Assert.Contains($"id=\"figure-confusion-{FinishedRun.ModelName}\"", html);

        File.WriteAllText(result, whole);
        string file = Path.Combine(model, "model.safetensors");
        File.WriteAllBytes(file, [.. File.ReadAllBytes(file), 0]);
        string now = ModelCheckpoint.WeightsHash(model)!;
        html = File.ReadAllText(Report(copy));
        Assert.Contains($"is left out: it was measured on weights <code>{weights[..12]}</code>, and the network has weights <code>{now[..12]}</code>", html);
        Assert.Contains("No evaluation of their weights was kept", html);
        Assert.DoesNotContain("id=\"figure-confusion", html);
        string refused = Movinet.Refused("figure", "confusion", kept);
        Assert.Contains($"was measured on weights {weights[..12]}, and the network beside it has weights {now[..12]}", refused);
        File.Delete(file);
        Assert.Contains("are gone: whether its evaluation", File.ReadAllText(Report(copy)));
        Assert.Null(ModelCheckpoint.WeightsHash(model));
    }

    [Fact]
    public void A_run_that_has_not_ended_is_reported_with_what_there_is()
    {
        using var copy = finished.Experiment.Copy();
        copy.Unfinish(FinishedRun.Name);
        File.Delete(Path.Combine(copy.Results, FinishedRun.Name, "best.json"));
        string html = File.ReadAllText(Report(copy));
        Assert.Contains("has not ended (running, or killed)", html);
        Assert.Contains("No network of <code>mini-1</code> was trained by itself", html);
    }

    [Fact]
    public void Mistakes_are_said()
    {
        Assert.Contains("did you mean 'mini-1'", Movinet.Refused("report", "mini-9", "--db", finished.Experiment.Database));
        Assert.Contains("named twice", Movinet.Refused("report", "mini-1", "mini-1", "--db", finished.Experiment.Database));
    }

    [Fact]
    public void In_a_browser_nothing_fails_nothing_is_fetched_and_nothing_stands_out_sideways()
    {
        string path = Report(finished.Experiment);
        using var browser = Browser();
        foreach (int width in new[] { 1000, 400 })
        {
            browser.SetWidth(width);
            browser.Navigate(path);
            Assert.Equal([new Uri(path).AbsoluteUri], browser.Requests.Where(request => !request.StartsWith("data:", StringComparison.Ordinal)));
            Assert.Empty(browser.Complaints);
            Assert.True(browser.Evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth").GetBoolean(), $"wider than {width}");
        }
    }

    [Fact]
    public void In_a_browser_without_JavaScript_everything_can_be_read()
    {
        string path = Report(finished.Experiment);
        using var browser = Browser();
        browser.Navigate(path);
        Assert.True(browser.Evaluate("document.querySelectorAll('th button').length").GetInt32() > 0);
        string[] with = Visible(browser);
        browser.SetScripts(isOn: false);
        browser.Navigate(path);
        Assert.Equal(0, browser.Evaluate("document.querySelectorAll('th button').length").GetInt32());
        Assert.Equal(with, Visible(browser));
        Assert.Contains(finished.Experiment.Run(FinishedRun.Name).MostProbableFeasible!, string.Join(' ', with));
        browser.Evaluate("document.querySelector('summary').click()");
        Assert.True(browser.Evaluate("document.querySelector('details').open && document.querySelector('details pre').offsetHeight > 100").GetBoolean());
    }

    [Fact]
    public void In_a_browser_the_keyboard_sorts_a_table()
    {
        string path = Report(finished.Experiment);
        using var browser = Browser();
        browser.Navigate(path);
        const string heading = "document.activeElement.closest('#table-front-members th')";
        for (int tabs = 0; !browser.Evaluate($"{heading} !== null && {heading}.cellIndex === 2").GetBoolean(); tabs++) // top-1
        {
            Assert.True(tabs < 200, "Tab never comes to the heading");
            browser.Press("Tab", 9);
        }

        double[] before = Column();
        browser.Press("Enter", 13, "\r");
        Assert.Equal("ascending", browser.Evaluate($"{heading}.getAttribute('aria-sort')").GetString());
        Assert.Equal(before.Order(), Column());
        browser.Press(" ", 32, " ");
        Assert.Equal("descending", browser.Evaluate($"{heading}.getAttribute('aria-sort')").GetString());
        Assert.Equal(before.OrderDescending(), Column());
        Assert.True(before.Distinct().Count() > 1);
        Assert.Empty(browser.Complaints);

        double[] Column() => [.. browser.Evaluate("[...document.querySelector('#table-front-members tbody').rows].map(row => parseFloat(row.cells[2].textContent))").EnumerateArray().Select(value => value.GetDouble())];
    }

    private static Chromium Browser()
    {
        Assert.SkipWhen(Chromium.Program is null, "there is no Chromium here (Debian: apt-get install chromium)");
        return Chromium.Open();
    }

    // Headings, cells, list items and paragraphs that take room on the page.
    private static string[] Visible(Chromium browser) => [.. browser.Evaluate(
        "[...document.querySelectorAll('h1,h2,h3,th,td,li,p,dd,figcaption,summary')].filter(e => e.offsetHeight > 0).map(e => e.textContent.trim())").EnumerateArray().Select(text => text.GetString()!)];

    private string Report(MiniExperiment experiment, params string[] runs)
    {
        string path = Path.Combine(_folder.FullName, "report.html");
        Movinet.Done(["report", .. runs.Length == 0 ? [FinishedRun.Name] : runs, "--db", experiment.Database, "--out", path]);
        return path;
    }

    private static void AddRun(MiniExperiment experiment, string name, Func<RunRecord, RunRecord> change)
    {
        var (record, trials) = (experiment.Run(FinishedRun.Name), experiment.Trials(FinishedRun.Name));
        using var store = RunStore.Open(experiment.Database);
        store.Add(change(record) with { Name = name }, [.. trials.Select(trial => trial with { Run = name })]);
    }
}
