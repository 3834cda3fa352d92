namespace MoViNetNAS.Reporting;

/// <summary>How long one way of running a network takes.</summary>
/// <param name="Network">The network and what it is fed; neighbours with the same name stand together.</param>
/// <param name="Side">The way of running it, for example "ours"; the legend names it.</param>
/// <param name="Milliseconds">A frame, typical. Above 0.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public sealed record LatencyBar(string Network, string Side, double Milliseconds, double Low, double High);
