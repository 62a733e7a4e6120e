using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Keysets;

internal static class KeyCodec
{
    public static void ReadScheme(ref WireReader reader)
    {
        var scheme = reader.U8();
        if (scheme != (byte)SignatureScheme.Es256)
        {
            throw new MalformedException(Outcome.UnsupportedScheme, $"a key has scheme {scheme}, expected 1 (ES256)");
        }
    }
}
