namespace MoViNetNAS.Data;

/// <summary>Sine, cosine and exponential made of +, * and / only: the system's own differ in the last bit between machines,
/// and one bit is enough to change a generated pixel.</summary>
internal static class ExactMath
{
    private const int Terms = 24; // the last term is below 1e-17 for |x| <= pi

    /// <summary>Sine and cosine of <paramref name="turns"/> full turns.</summary>
    public static (double Sin, double Cos) SinCosOfTurns(double turns)
    {
        double x = (turns - Math.Floor(turns + 0.5)) * (2 * Math.PI);
        double sin = 0, cos = 0, term = 1;
        for (int n = 0; n < Terms; n++)
        {
            switch (n % 4)
            {
                case 0: cos += term; break;
                case 1: sin += term; break;
                case 2: cos -= term; break;
                default: sin -= term; break;
            }

            term *= x / (n + 1);
        }

        return (sin, cos);
    }

    /// <summary>e to the power of <paramref name="x"/>, for |x| up to about 3.</summary>
    public static double Exp(double x)
    {
        double sum = 0, term = 1;
        for (int n = 0; n < Terms; n++)
        {
            sum += term;
            term *= x / (n + 1);
        }

        return sum;
    }
}
