namespace Actors.Ledger.Tests.Rules;

/// <summary>The sealing key, the operator, and keysets over time.</summary>
public sealed class ChainRules
{
    [Fact]
    public void The_sealing_key_changes_once_a_block() => Book.Run("""
        operator: sealing-key sealing2 => Committed
        + operator: sealing-key sealing2 => SealingKeyChangedInBlock
        + alice: note alice => Committed
        operator: sealing-key sealing2; sealing-key sealing2 => SealingKeyChangedInBlock@1
        alice: note alice => Committed
        operator: sealing-key sealing2 => Committed
        """);

    [Fact]
    public void A_change_of_the_sealing_key_that_was_taken_back_does_not_count() => Book.Run("""
        operator+alice: sealing-key other; transfer a b 9999 => BelowFloor@1
        + operator: sealing-key sealing2 => Committed
        alice: note alice => Committed
        """);

    [Fact]
    public void Lost_blocks_begin_no_later_than_the_block_that_says_so() => Book.Run("""
        operator: sealing-key sealing2 lost 1000 3 => LostBlocksMismatch
        alice: sealing-key sealing2 lost 1 3 => answer MissingSignature
        operator: sealing-key sealing2 lost 1 3 => Committed
        """);

    [Fact]
    public void A_keyset_can_grow_shrink_and_grow_again() => Book.Run("""
        alice: change-keyset alice k1,k2,k3/2 => Committed
        k1+k3: change-keyset alice k4,k5/2 => Committed
        k4: note alice => answer MissingSignature
        k1+k2: note alice => answer MissingSignature
        k4+k5: change-keyset alice k1,k2,k3,k4,k5,k6,k7,k8,k9,k10,k11,k12,k13,k14,k15,k16/16 => Committed
        k1+k2+k3+k4+k5+k6+k7+k8+k9+k10+k11+k12+k13+k14+k15: note alice => answer MissingSignature
        k1+k2+k3+k4+k5+k6+k7+k8+k9+k10+k11+k12+k13+k14+k15+k16: note alice => Committed
        k1+k2+k3+k4+k5+k6+k7+k8+k9+k10+k11+k12+k13+k14+k15+k16: change-keyset alice k7 => Committed
        k7: note alice; transfer a b 1 => Committed
        """);

    [Fact]
    public void A_change_of_keys_that_was_taken_back_did_not_happen() => Book.Run("""
        k1+k2: keyset team k1,k2/2 => Committed
        k1+k2+alice: change-keyset team k3,k4,k5/3; transfer a b 9999 => BelowFloor@1
        k1+k2: note team => Committed
        k3+k4+k5: note team => answer MissingSignature
        """);
}
