using System.Globalization;
using System.Text.Json.Serialization;
using MoViNetNAS.Cli.Runs;
using TorchSharp;

namespace MoViNetNAS.Cli.Bench;

/// <summary>Where and when figures were measured; a figure without it says nothing.</summary>
/// <param name="Command">The command line.</param>
/// <param name="MeasuredUtc">When the run began.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">Processors that the program may use.</param>
/// <param name="System">Operating system.</param>
/// <param name="Threads">Numbers of threads that were measured.</param>
/// <param name="Versions">Code and library versions.</param>
/// <param name="LoadPerCore">Programs that wanted a processor in the minute before the run, by the number of processors; null where the system does not say.</param>
internal sealed record BenchMachine(
    string Command, DateTimeOffset MeasuredUtc, string Processor, int Cores, string System, IReadOnlyList<int> Threads, string Versions,
    double? LoadPerCore)
{
    private const double MostQuietLoad = 0.3;
    private const string LoadFile = "/proc/loadavg";

    /// <summary>This machine, before anything is measured.</summary>
    public static BenchMachine Here(TimeProvider clock, IReadOnlyList<int> threads)
    {
        var machine = RunMachine.Here("cpu", threads[^1]);
        double? load = ReadLoad(); // first, so that our own work is not in it
        return new BenchMachine(
            machine.Command, clock.GetUtcNow(), machine.Processor, Environment.ProcessorCount, machine.System, threads,
            $"{machine.Versions}; libtorch {torch.__version__}", load);
    }

    /// <summary>Whether other programs were at work: then absolute times are too long, and ratios less sure.</summary>
    public bool IsBusy => LoadPerCore > MostQuietLoad;

    /// <summary>Processor and operating system, as a run's machine names them.</summary>
    [JsonIgnore]
    public string Place => $"{Processor}, {System}";

    /// <summary>Two lines for the head of a report.</summary>
    [JsonIgnore]
    public string Text => FormattableString.Invariant(
        $"{Processor}, {Cores} cores, {System}; threads measured: {string.Join(" and ", Threads)}; {MeasuredUtc:yyyy-MM-dd HH:mm} UTC\n{Versions}; {LoadText}");

    private string LoadText => LoadPerCore is not { } load
        ? "the system does not say how busy it was"
        : FormattableString.Invariant($"load before the run {load:0.00} per core{(IsBusy ? ": other programs were at work" : "")}");

    private static double? ReadLoad() =>
        File.Exists(LoadFile) && double.TryParse(File.ReadAllText(LoadFile).Split(' ')[0], CultureInfo.InvariantCulture, out double load)
            ? load / Environment.ProcessorCount
            : null;
}
