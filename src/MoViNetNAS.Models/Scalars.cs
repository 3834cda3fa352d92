using System.Collections.Concurrent;
using TorchSharp;

namespace MoViNetNAS.Models;

/// <summary>Numbers that stay alive while libtorch reads them.</summary>
/// <remarks>TorchSharp 0.107.0 turns a number into a native scalar owned by a managed object, passes the native address on, and
/// does not keep the object alive for the length of the call: a collection at that moment frees what libtorch is reading. Seen
/// about once in 10^6 operations, as an exception from <c>Scalar::to</c>; a wrong number would be worse. So operations on hot
/// paths take their constants from here, and numbers that change from step to step are held in <c>using</c> variables.</remarks>
public static class Scalars
{
    private static readonly ConcurrentDictionary<double, Scalar> Kept = new();

    /// <summary>The scalar of a constant, made once and kept for ever; for the few values that appear in code and settings.</summary>
    public static Scalar Of(double constant) => Kept.GetOrAdd(constant, value => value.ToScalar());
}
