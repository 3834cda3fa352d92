using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using MoViNetNAS.Search;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Runs;

/// <summary>On what, and by which command, a run computes: <c>machine.json</c>. The same again is needed to repeat it bit for bit.</summary>
internal sealed record RunMachine(string Command, string Device, int Threads, string Processor, string System, string Versions)
{
    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = global::System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>This machine.</summary>
    public static RunMachine Here(string device, int threads) => new(
        "movinet " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1)), device, threads, ProcessorName(),
        RuntimeInformation.OSDescription, VersionText());

    public string Text => $"{Device}, {Threads} threads, {Place}";

    /// <summary>Processor and operating system.</summary>
    [JsonIgnore]
    public string Place => $"{Processor}, {System}";

    /// <summary>The machine of a run whose files are gone, from its record.</summary>
    /// <exception cref="InputException">The record does not say it.</exception>
    public static RunMachine Of(RunRecord record)
    {
        string[] parts = record.Machine.Split(", ", 3);
        string threads = parts.Length == 3 && parts[1].EndsWith(" threads", StringComparison.Ordinal) ? parts[1][..^" threads".Length] : "";
        if (!int.TryParse(threads, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || parts[0] is not ("cpu" or "cuda"))
            throw new InputException($"the record of run '{record.Name}' names no device and number of threads, but '{record.Machine}'.");
        int end = parts[2].LastIndexOf(", ", StringComparison.Ordinal);
        return end < 0
            ? new RunMachine(record.Command, parts[0], count, parts[2], "", record.Versions)
            : new RunMachine(record.Command, parts[0], count, parts[2][..end], parts[2][(end + 2)..], record.Versions);
    }

    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Format));

    /// <exception cref="InputException">The file is missing or damaged.</exception>
    public static RunMachine Load(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunMachine>(File.ReadAllText(path), Format) is { Threads: >= 1 and <= 1024, Device: "cpu" or "cuda" } machine
                ? machine
                : throw new InputException($"{path} is damaged: it names no device and number of threads.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new InputException($"cannot read {path}: {e.Message}", e);
        }
    }

    /// <summary>Versions of this program and the libraries that decide what it computes.</summary>
    public static string VersionText()
    {
        string Of(Type type, string name) => $"{name} {type.Assembly.GetName().Version?.ToString(3)}";
        return string.Join("; ", $"{Of(typeof(RunMachine), "MoViNetNAS")} ({Build()})", Of(typeof(TorchSharp.torch), "TorchSharp"), $".NET {Environment.Version}");
    }

    // The version alone does not tell two states of the code apart; the identifiers that the compiler gives its outputs do.
    private static string Build()
    {
        Type[] rooms = [typeof(RandomStream), typeof(Models.MoViNet), typeof(Data.IClipDataset), typeof(RunRecord), typeof(Training.Experiment), typeof(RunMachine)];
        return $"build {Fingerprint.Of(rooms.Select(type => type.Module.ModuleVersionId.ToString()))[..8]}";
    }

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo", key = "model name";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
