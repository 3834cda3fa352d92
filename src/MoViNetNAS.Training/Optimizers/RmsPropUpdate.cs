using System.Numerics;

namespace MoViNetNAS.Training;

/// <summary>One update of <see cref="RmsProp"/> on plain memory: one pass over parameter, gradient, square and momentum.</summary>
/// <param name="Decay">Memory of the square.</param>
/// <param name="Momentum">Memory of the steps.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="Epsilon">Added under the root.</param>
internal readonly record struct RmsPropUpdate(float Decay, float Momentum, float Rate, float Epsilon)
{
    /// <summary>Updates all four in place but the gradient; equal lengths.</summary>
    public void Apply(Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> square, Span<float> momentum)
    {
        int i = 0;
        var epsilon = new Vector<float>(Epsilon);
        for (; i <= parameter.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            var s = new Vector<float>(square[i..]) * Decay + g * g * (1 - Decay);
            var m = new Vector<float>(momentum[i..]) * Momentum + g * Rate / Vector.SquareRoot(s + epsilon);
            (new Vector<float>(parameter[i..]) - m).CopyTo(parameter[i..]);
            s.CopyTo(square[i..]);
            m.CopyTo(momentum[i..]);
        }

        for (; i < parameter.Length; i++)
        {
            float g = gradient[i];
            float s = square[i] * Decay + g * g * (1 - Decay);
            float m = momentum[i] * Momentum + g * Rate / MathF.Sqrt(s + Epsilon);
            parameter[i] -= m;
            (square[i], momentum[i]) = (s, m);
        }
    }
}
