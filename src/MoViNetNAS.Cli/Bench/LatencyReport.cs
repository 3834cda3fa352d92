using MoViNetNAS.Search;

namespace MoViNetNAS.Cli.Bench;

/// <summary>What `movinet bench latency --json` prints; the names are a format others rely on.</summary>
internal sealed record LatencyReport(
    string File, string Space, string Variant, int Classes, int Resolution, int Threads, bool IsQuick, bool IsMachineBusy, BenchMachine Machine,
    int Operations, int Measured, int FittingNetworks, LatencyLine Calibration, LatencyValidation Validation, double MacsR2, LatencyExtreme Fastest, LatencyExtreme Slowest,
    double SpeedRange, double Seconds)
{
    public static LatencyReport Of(LatencyMeasurement found, BenchMachine machine, bool isQuick, string file)
    {
        var (table, origin) = (found.Table, found.Table.Origin);
        return new LatencyReport(
            file, origin.SpaceName, origin.Variant.Name, origin.Classes, origin.Resolution, origin.Threads, isQuick, machine.IsBusy, machine,
            found.Operations, found.Measured, found.FittingNetworks, table.Calibration, table.Validation!, found.MacsR2, found.Fastest, found.Slowest, found.SpeedRange, found.Seconds);
    }
}
