using System.Numerics;

namespace MoViNetNAS.Training;

/// <summary>One update of AdamW on plain memory: one pass over parameter, gradient and moments.</summary>
/// <param name="Decay">What the parameter is multiplied with first: 1 - rate * weight decay, or 1.</param>
/// <param name="Beta1">Memory of the mean.</param>
/// <param name="Beta2">Memory of the square.</param>
/// <param name="Rate">Learning rate over 1 - beta1^t.</param>
/// <param name="RootCorrection">1 / sqrt(1 - beta2^t).</param>
/// <param name="Epsilon">Added to the root.</param>
internal readonly record struct AdamUpdate(
    float Decay, float Beta1, float Beta2, float Rate, float RootCorrection, float Epsilon)
{
    /// <summary>Updates all four in place but the gradient; equal lengths.</summary>
    public void Apply(Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> mean, Span<float> square)
    {
        int i = 0;
        for (; i <= parameter.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            var m = new Vector<float>(mean[i..]) * Beta1 + g * (1 - Beta1);
            var s = new Vector<float>(square[i..]) * Beta2 + g * g * (1 - Beta2);
            var root = Vector.SquareRoot(s) * RootCorrection + new Vector<float>(Epsilon);
            (new Vector<float>(parameter[i..]) * Decay - m * Rate / root).CopyTo(parameter[i..]);
            m.CopyTo(mean[i..]);
            s.CopyTo(square[i..]);
        }

        for (; i < parameter.Length; i++)
        {
            float g = gradient[i];
            float m = mean[i] * Beta1 + g * (1 - Beta1);
            float s = square[i] * Beta2 + g * g * (1 - Beta2);
            parameter[i] = parameter[i] * Decay - m * Rate / (MathF.Sqrt(s) * RootCorrection + Epsilon);
            (mean[i], square[i]) = (m, s);
        }
    }
}
