namespace MoViNetNAS.Cli.Bench;

/// <summary>One operation, timed on three sides.</summary>
/// <param name="Operation">"depthwise", "batch norm + swish", "pointwise".</param>
/// <param name="Shape">Kernel, channels, frames, rows x columns, what is special.</param>
/// <param name="Pass">"forward", or "forward + gradients" of all inputs.</param>
/// <param name="Threads">Threads of both sides.</param>
/// <param name="Ours">Our kernel, channels last.</param>
/// <param name="Libtorch">libtorch in its default layout.</param>
/// <param name="LibtorchChannelsLast">libtorch with channels-last strides.</param>
/// <param name="Ratio">The faster of libtorch's times over ours.</param>
/// <param name="RatioToRight">The same against the faster libtorch time whose result is right; null where neither is.</param>
/// <param name="GmacsPerSecond">Ours, in 10^9 multiply-adds a second, a pass with gradients counted as three; null for norms.</param>
/// <param name="OurError">Largest difference of our results from those in float64, by the largest result; null where one is no number.</param>
/// <param name="LibtorchError">That of libtorch in its default layout.</param>
/// <param name="LibtorchChannelsLastError">That of libtorch with channels-last strides.</param>
internal sealed record KernelRow(
    string Operation, string Shape, string Pass, int Threads, Spread Ours, Spread Libtorch, Spread LibtorchChannelsLast, double Ratio,
    double? RatioToRight, double? GmacsPerSecond, double? OurError, double? LibtorchError, double? LibtorchChannelsLastError)
{
    /// <summary>Names of <see cref="Pass"/>.</summary>
    public const string Forward = "forward", ForwardBackward = "forward + gradients";

    /// <summary>Relative differences above it are of a wrong result: float32 sums of these lengths stay far below.</summary>
    public const double WrongFrom = 1e-3;

    /// <summary>Whether an error is beyond <see cref="WrongFrom"/>, or not a number.</summary>
    public static bool IsWrong(double? error) => !(error <= WrongFrom);
}
