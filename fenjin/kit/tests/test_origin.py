"""Tokens of forms that are made here are those of Django."""

from collections import Counter

from django.middleware import csrf

from fenjin.kit.origin import masked_token, new_secret, secret_of, token_matches


def test_a_token_made_here_is_one_that_django_takes():
    for _again in range(200):
        secret = new_secret()
        token = masked_token(secret)
        csrf._check_token_format(secret)
        csrf._check_token_format(token)
        assert csrf._unmask_cipher_token(token) == secret
        assert token_matches(token, secret)
        assert not token_matches(token, new_secret())
        assert secret_of({"csrftoken": secret}) == secret


def test_no_two_tokens_are_the_same_and_no_sign_is_favoured():
    secret = new_secret()
    tokens = [masked_token(secret) for _again in range(2_000)]
    assert len(set(tokens)) == len(tokens)
    signs = Counter("".join(token[: csrf.CSRF_SECRET_LENGTH] for token in tokens))
    assert len(signs) == len(csrf.CSRF_ALLOWED_CHARS)
    assert max(signs.values()) < 1.3 * min(signs.values())  # 1,032 each on the average
