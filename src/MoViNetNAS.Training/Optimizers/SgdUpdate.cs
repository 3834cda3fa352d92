using System.Numerics;

namespace MoViNetNAS.Training;

/// <summary>One update of <see cref="Sgd"/> on plain memory: one pass over parameter, gradient and velocity.</summary>
/// <param name="Momentum">Memory of the steps.</param>
/// <param name="Rate">Learning rate.</param>
/// <param name="IsNesterov">Whether the parameter moves where the next step would lead.</param>
internal readonly record struct SgdUpdate(float Momentum, float Rate, bool IsNesterov)
{
    /// <summary>Updates parameter and velocity in place; equal lengths.</summary>
    public void Apply(Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> velocity)
    {
        int i = 0;
        for (; i <= parameter.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var step = new Vector<float>(gradient[i..]) * Rate;
            var v = new Vector<float>(velocity[i..]) * Momentum + step;
            (new Vector<float>(parameter[i..]) - (IsNesterov ? v * Momentum + step : v)).CopyTo(parameter[i..]);
            v.CopyTo(velocity[i..]);
        }

        for (; i < parameter.Length; i++)
        {
            float step = gradient[i] * Rate;
            float v = velocity[i] * Momentum + step;
            parameter[i] -= IsNesterov ? v * Momentum + step : v;
            velocity[i] = v;
        }
    }
}
