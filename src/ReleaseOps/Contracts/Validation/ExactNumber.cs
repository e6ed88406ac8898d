using System.Globalization;
using System.Numerics;

namespace ReleaseOps.Contracts.Validation;

/// <summary>A number of JSON as it is written, exactly: digits x 10^power, without noughts at the end of the digits.</summary>
/// <param name="Digits">The digits, with the sign; zero is 0 x 10^0.</param>
/// <param name="Power">The power of ten.</param>
internal readonly record struct ExactNumber(BigInteger Digits, int Power) : IComparable<ExactNumber>
{
    // Turning digits around takes time that grows with the square of their number. No double has more than 767 that count.
    private const int MaxDigits = 1000;
    private const int MaxPower = 1_000_000;

    // How far two numbers may be apart, in powers of ten, for one to be divided by the other.
    private const int MaxApart = 5000;

    public bool IsInteger => Power >= 0;

    /// <summary>Reads a number; null where it is none, or has more digits or a larger power than is worked out (1,000; a million).</summary>
    public static ExactNumber? Read(string text)
    {
        // Nearly all: small whole numbers.
        if (text.Length < 10 && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small))
            return Of(small);
        var split = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = split < 0 ? text : text[..split];
        var power = 0;
        if (split >= 0 && (!int.TryParse(text.AsSpan(split + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power)
            || Math.Abs((long)power) > MaxPower))
            return null;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            power -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }
        if (mantissa.Length > MaxDigits
            || !BigInteger.TryParse(mantissa, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var digits))
            return null;
        return Of(digits, power);
    }

    public static ExactNumber Of(BigInteger digits, int power = 0)
    {
        if (digits.IsZero)
            return new ExactNumber(0, 0);
        while (true)
        {
            var (rest, last) = BigInteger.DivRem(digits, 10);
            if (!last.IsZero)
                return new ExactNumber(digits, power);
            (digits, power) = (rest, power + 1);
        }
    }

    public int CompareTo(ExactNumber other)
    {
        if (Digits.Sign != other.Digits.Sign || Digits.IsZero)
            return Digits.Sign.CompareTo(other.Digits.Sign);
        // Of the same sign: the place of the first digit tells, and only where it is the same one the digits do.
        var (own, others) = (Length(Digits) + Power, Length(other.Digits) + other.Power);
        if (own != others)
            return own > others ? Digits.Sign : -Digits.Sign;
        var least = Math.Min(Power, other.Power);
        return (Digits * BigInteger.Pow(10, Power - least)).CompareTo(other.Digits * BigInteger.Pow(10, other.Power - least));
    }

    /// <summary>Whether it is a whole number of times the other; null where that can't be told: of nothing, or too far apart.</summary>
    public bool? IsMultipleOf(ExactNumber other)
    {
        if (other.Digits.Sign <= 0)
            return null;
        if (Digits.IsZero)
            return true;
        var apart = (long)Power - other.Power;
        if (Math.Abs(apart) > MaxApart)
            return null;
        return apart >= 0
            ? (Digits * BigInteger.Pow(10, (int)apart) % other.Digits).IsZero
            : (Digits % (other.Digits * BigInteger.Pow(10, (int)-apart))).IsZero;
    }

    /// <summary>The same text for the same number: 1, 1.0 and 10e-1.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Digits}e{Power}");

    private static int Length(BigInteger digits) => BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).Length;
}
