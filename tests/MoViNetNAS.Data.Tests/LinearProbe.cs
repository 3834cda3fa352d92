namespace MoViNetNAS.Data.Tests;

/// <summary>Ridge regression to one-hot labels on standardised features: what can be read off them by a linear classifier.</summary>
internal sealed class LinearProbe
{
    private readonly float[] _mean, _scale;
    private readonly double[,] _weights; // [class, feature + 1]

    public LinearProbe(float[][] features, int[] labels, int classes, double ridge = 30)
    {
        int count = features.Length, width = features[0].Length;
        _mean = new float[width];
        _scale = new float[width];
        for (int j = 0; j < width; j++)
        {
            double mean = features.Average(f => (double)f[j]);
            double variance = features.Average(f => (f[j] - mean) * (f[j] - mean));
            _mean[j] = (float)mean;
            _scale[j] = (float)(1 / Math.Sqrt(variance + 1e-9));
        }

        float[][] x = [.. features.Select(Standardise)];
        var gram = new double[width, width];
        var right = new double[classes, width];
        var share = new double[classes];
        for (int n = 0; n < count; n++)
        {
            float[] f = x[n];
            share[labels[n]] += 1.0 / count;
            for (int i = 0; i < width; i++)
            {
                right[labels[n], i] += f[i];
                double fi = f[i];
                for (int j = 0; j <= i; j++) gram[i, j] += fi * f[j];
            }
        }

        for (int i = 0; i < width; i++) gram[i, i] += ridge;
        Factor(gram, width);
        _weights = new double[classes, width + 1];
        for (int c = 0; c < classes; c++)
        {
            var b = new double[width];
            for (int i = 0; i < width; i++) b[i] = right[c, i];
            Solve(gram, b);
            for (int i = 0; i < width; i++) _weights[c, i] = b[i];
            _weights[c, width] = share[c];
        }
    }

    /// <summary>Share of <paramref name="features"/> whose most likely class is the label.</summary>
    public double Accuracy(float[][] features, int[] labels) =>
        features.Where((f, n) => Predict(f) == labels[n]).Count() / (double)features.Length;

    private int Predict(float[] features)
    {
        float[] f = Standardise(features);
        int best = 0;
        double bestScore = double.NegativeInfinity;
        for (int c = 0; c < _weights.GetLength(0); c++)
        {
            double score = _weights[c, f.Length];
            for (int i = 0; i < f.Length; i++) score += _weights[c, i] * f[i];
            if (score > bestScore) (best, bestScore) = (c, score);
        }

        return best;
    }

    private float[] Standardise(float[] f) => [.. f.Select((value, j) => (value - _mean[j]) * _scale[j])];

    // Cholesky, in the lower triangle.
    private static void Factor(double[,] a, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++) sum -= a[i, k] * a[j, k];
                a[i, j] = i == j ? Math.Sqrt(sum) : sum / a[j, j];
            }
        }
    }

    private static void Solve(double[,] l, double[] b)
    {
        int n = b.Length;
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < i; k++) b[i] -= l[i, k] * b[k];
            b[i] /= l[i, i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++) b[i] -= l[k, i] * b[k];
            b[i] /= l[i, i];
        }
    }
}
