using System.Text.Json;
using System.Xml.Linq;
using MoViNetNAS.Models.Kernels;

namespace MoViNetNAS.Cli.Tests.Bench;

[Collection(RunCollection.Name)]
public sealed class BenchVerbTests
{
    [Fact]
    public void Kernels_have_both_sides_and_a_ratio()
    {
        var json = Movinet.Done("bench", "kernels", "--quick", "--json", "--threads", "1").Json;
        Assert.True(json.GetProperty("isQuick").GetBoolean());
        Assert.NotEmpty(json.GetProperty("machine").GetProperty("processor").GetString()!);
        Assert.Contains("libtorch", json.GetProperty("machine").GetProperty("versions").GetString());
        var rows = json.GetProperty("sections").GetProperty("kernels").GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["batch norm + swish", "depthwise", "pointwise"], rows.Select(row => row.GetProperty("operation").GetString()).Distinct().Order());
        foreach (var row in rows)
        {
            double[] times = [.. new[] { "ours", "libtorch", "libtorchChannelsLast" }.Select(side => row.GetProperty(side).GetProperty("medianMs").GetDouble())];
            Assert.All(times, time => Assert.True(time > 0));
            Assert.Equal(Math.Min(times[1], times[2]) / times[0], row.GetProperty("ratio").GetDouble(), 9);
            Assert.True(row.GetProperty("ourError").GetDouble() < 1e-4, $"{row}");
            Assert.Contains(row.GetProperty("pass").GetString(), new[] { "forward", "forward + gradients" });
            Assert.NotEmpty(row.GetProperty("shape").GetString()!);
        }

        Assert.False(LibtorchPath.IsOn);
    }

    [Fact]
    public void All_sections_go_to_files_that_parse()
    {
        var folder = Directory.CreateTempSubdirectory("movinet-bench-test-");
        try
        {
            var run = Movinet.Done("bench", "--quick", "--threads", "1", "--output", folder.FullName);
            Assert.Contains("QUICK RUN", run.Output);
            string[] names = [.. folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];
            Assert.Equal(
                [
                    "README.md", "bench.csv", "bench.json", "bench.pdf", "bench.png", "bench.svg", "kernels.csv", "memory-frames.csv", "memory-frames.pdf", "memory-frames.png",
                    "memory-frames.svg", "memory-subclips.csv", "memory-subclips.pdf", "memory-subclips.png", "memory-subclips.svg", "memory.csv", "search.csv", "steps.csv", "stream.csv", "subclips.csv",
                ], names);
            var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "bench.json"))).RootElement;
            var sections = json.GetProperty("sections").EnumerateObject().ToList();
            Assert.Equal(["kernels", "steps", "stream", "memory", "subclips", "search"], sections.Select(section => section.Name));
            foreach (var section in sections)
            {
                string[] lines = File.ReadAllLines(Path.Combine(folder.FullName, section.Name + ".csv"));
                Assert.Equal(1 + section.Value.GetProperty("rows").GetArrayLength(), lines.Length);
                int columns = lines[0].Split(',').Length;
                Assert.All(lines, line => Assert.Equal(columns, Cells(line)));
            }

            foreach (string ratio in new[] { "steps", "stream" })
                Assert.All(json.GetProperty("sections").GetProperty(ratio).GetProperty("rows").EnumerateArray(), row => Assert.True(row.GetProperty("ratio").GetDouble() > 0));
            Assert.Contains(XDocument.Load(Path.Combine(folder.FullName, "bench.svg")).Descendants().Select(node => node.Value), text => text.Trim().StartsWith("Kernels", StringComparison.Ordinal));
            string page = File.ReadAllText(Path.Combine(folder.FullName, "README.md"));
            Assert.Contains("| operation | shape |", page);
            Assert.Contains("QUICK RUN", page);
            Assert.False(LibtorchPath.IsOn);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_section_that_does_not_exist_is_refused_with_the_nearest_name()
    {
        var run = Movinet.Run("bench", "stream", "kernals");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        string sentence = run.OneSentence();
        Assert.Contains("'kernals'", sentence);
        Assert.Contains("did you mean 'kernels'?", sentence);
        Assert.Contains("did you mean '--quick'?", Movinet.Refused("bench", "kernels", "--qiuck"));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_anything_is_measured()
    {
        string file = Path.GetTempFileName();
        try
        {
            Assert.Contains(file, Movinet.Failed("bench", "search", "--output", file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Ctrl_C_leaves_no_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        var folder = Directory.CreateTempSubdirectory("movinet-bench-test-");
        try
        {
            using var child = new ChildMovinet(["bench", "kernels", "--threads", "1", "--output", folder.FullName]);
            child.WaitForFirstLine();
            child.PressCtrlC();
            var run = child.End();
            Assert.Equal(ExitCode.Interrupted, run.ExitCode);
            Assert.Contains("interrupted.", run.Error);
            Assert.Empty(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Commas within quotes belong to a cell.
    private static int Cells(string line) => 1 + line.Split('"').Where((_, i) => i % 2 == 0).Sum(outside => outside.Count(c => c == ','));
}
