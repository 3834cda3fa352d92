namespace MoViNetNAS.Models.Kernels;

/// <summary>The arithmetic that kernels need on <see cref="Width"/> floats at once; one kernel source serves every width.</summary>
/// <remarks>Every implementation rounds alike (fused multiply-add, round to even), so the width never changes a result
/// that is computed lane by lane.</remarks>
internal unsafe interface IVectorMath<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Width { get; }

    /// <summary><paramref name="value"/> in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>Reads without alignment.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes without alignment.</summary>
    static abstract void Store(float* target, TVector value);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left - right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left * right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left / right.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left * right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The smaller of both, lane by lane; which operand a NaN yields is not promised.</summary>
    static abstract TVector Min(TVector left, TVector right);

    /// <summary>The larger of both, lane by lane; which operand a NaN yields is not promised.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>The nearest whole number, ties to even.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>2^value for whole values in [-126, 127].</summary>
    static abstract TVector PowerOfTwo(TVector value);

    /// <summary>left &lt; right ? whenLess : otherwise, lane by lane.</summary>
    static abstract TVector SelectLess(TVector left, TVector right, TVector whenLess, TVector otherwise);
}
